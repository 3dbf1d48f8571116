package org.chromaprep.inspect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The names of ImageNet's 1000 classes in the order of the network's outputs. */
public final class ClassNames {
    private static final String RESOURCE = "imagenet-classes.txt";
    private static final int CLASSES = 1000;

    private ClassNames() {}

    /**
     * Reads the names from the program's resources.
     *
     * @return 1000 names
     * @throws UncheckedIOException if the program is packaged without them
     */
    public static List<String> all() {
        try (var in = ClassNames.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException(
                        "The class names " + RESOURCE + " are missing from the program; install it again.");
            }
            var names = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (names.size() != CLASSES) {
                throw new IOException("The class names " + RESOURCE + " are " + names.size() + ", not " + CLASSES
                        + "; install the program again.");
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}

package org.chromaprep.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** What is left of a folder when its files were removed by their names, where folders are things by themselves. Stateless. */
final class EmptyFolders {
    private EmptyFolders() {}

    /** Removes a folder and all in it that are empty. */
    static void remove(Path folder) {
        try (var tree = Files.walk(folder)) {
            for (var each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            // Something still lies in one of them, which disturbs nobody.
        }
    }
}

package org.chromaprep.annotate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The colour map "inferno" in 256 steps: from nearly black over purple and orange to pale yellow, perceptually even and
 * readable without colour vision. Immutable.
 */
public final class HeatColours {
    /** How many colours there are. */
    public static final int STEPS = 256;

    private static final String RESOURCE = "inferno.txt";

    private final int[] colours;

    private HeatColours(int[] colours) {
        this.colours = colours;
    }

    /**
     * Reads the map from the program's resources.
     *
     * @throws UncheckedIOException if the program is packaged without it
     */
    public static HeatColours inferno() {
        try (var in = HeatColours.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException("The colour map " + RESOURCE + " is missing from the program; install it again.");
            }
            var colours = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .mapToInt(line -> Integer.parseInt(line, 16))
                    .toArray();
            if (colours.length != STEPS) {
                throw new IOException("The colour map " + RESOURCE + " has " + colours.length + " colours, not " + STEPS
                        + "; install the program again.");
            }
            return new HeatColours(colours);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * A step's colour, {@code 0xRRGGBB}.
     *
     * @param step 0 (dark) to 255 (bright)
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public int colour(int step) {
        return colours[step];
    }
}

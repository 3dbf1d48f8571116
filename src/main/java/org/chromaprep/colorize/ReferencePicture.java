package org.chromaprep.colorize;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A coloured picture on the film's grid.
 *
 * @param file where it is from
 * @param sha256 of the file
 * @param named the frame that its name says, if it says one
 * @param luma its grey values, 0 to 255, row by row
 * @param ab a*, b* of each pixel, one after the other, row by row
 */
record ReferencePicture(Path file, String sha256, OptionalLong named, byte[] luma, float[] ab) {
    String name() {
        return file.getFileName().toString();
    }
}

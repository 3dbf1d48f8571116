package org.chromaprep.vgg;

import java.nio.file.Path;
import java.util.List;

/**
 * What a weights file holds.
 *
 * @param network whose layers they are
 * @param kind of file, as {@link WeightsOrigin} names it
 * @param location the file or folder
 * @param sha256 of the file; of a folder, of its arrays, as in {@link WeightsOrigin}
 * @param preprocessing that networks of this kind of file were trained on
 * @param arrays kernel and bias of each of its layers that is there whole, in network order
 */
public record WeightsReport(
        Network network,
        String kind,
        Path location,
        String sha256,
        Preprocessing preprocessing,
        List<ArrayReport> arrays) {
    /** What is known of an array. */
    public enum Standing {
        /** One of the original model, bit by bit. */
        ORIGINAL,
        /** Not the original model's. */
        OTHER,
        /** Of a layer whose original hash is not known. */
        UNKNOWN
    }

    /**
     * One array.
     *
     * @param name as in {@code conv1_1_W}
     * @param sha256 of the NPY file that the original was published as: float32, HWIO, input channels R, G, B
     * @param standing whether that is the original's
     */
    public record ArrayReport(String name, String sha256, Standing standing) {}

    public WeightsReport {
        arrays = List.copyOf(arrays);
    }
}

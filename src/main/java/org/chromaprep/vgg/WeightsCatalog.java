package org.chromaprep.vgg;

import java.util.List;

/** The files that can be downloaded: VGG-16 as converted for Keras, licensed CC BY 4.0. */
public final class WeightsCatalog {
    /** The convolutions alone. */
    public static final Entry CONVOLUTIONS = new Entry("vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5",
            "6d6bbae143d832006294945121d1f1fc", 64L << 20, VggLayer.POOL5);
    /** The whole network. */
    public static final Entry WHOLE = new Entry("vgg16_weights_tf_dim_ordering_tf_kernels.h5",
            "64373286793e3c8b2b4e3219cbf3544b", 600L << 20, VggLayer.FC8);

    /**
     * A file that can be downloaded.
     *
     * @param fileName in the catalog and in the cache folder
     * @param md5 the hash that its publisher tells, in lower-case hexadecimal
     * @param maxBytes more than the file has; a longer answer is refused
     * @param deepest the last layer that it serves
     */
    public record Entry(String fileName, String md5, long maxBytes, VggLayer deepest) {}

    private WeightsCatalog() {}

    /** All files, the smallest first. */
    public static List<Entry> entries() {
        return List.of(CONVOLUTIONS, WHOLE);
    }

    /** The files that have all layers up to {@code deepest}, the smallest first; never empty. */
    public static List<Entry> serving(VggLayer deepest) {
        return entries().stream().filter(entry -> entry.deepest().compareTo(deepest) >= 0).toList();
    }
}

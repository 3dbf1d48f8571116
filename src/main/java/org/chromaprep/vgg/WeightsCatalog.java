package org.chromaprep.vgg;

import java.util.List;

/** The files that can be downloaded: networks as converted for Keras, licensed CC BY 4.0. */
public final class WeightsCatalog {
    private static final long LARGEST_WITHOUT_TOP = 128L << 20;
    private static final long LARGEST = 640L << 20;

    /** VGG-16's convolutions alone. */
    public static final Entry CONVOLUTIONS = new Entry(
            "vgg16/",
            "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5",
            "6d6bbae143d832006294945121d1f1fc",
            LARGEST_WITHOUT_TOP,
            layer(Networks.VGG16, "pool5"));
    /** The whole of VGG-16. */
    public static final Entry WHOLE = new Entry(
            "vgg16/",
            "vgg16_weights_tf_dim_ordering_tf_kernels.h5",
            "64373286793e3c8b2b4e3219cbf3544b",
            LARGEST,
            Networks.VGG16.last());

    private static final Entry CONVOLUTIONS_19 = new Entry(
            "vgg19/",
            "vgg19_weights_tf_dim_ordering_tf_kernels_notop.h5",
            "253f8cb515780f3b799900260a226db6",
            LARGEST_WITHOUT_TOP,
            layer(Networks.VGG19, "pool5"));
    private static final Entry WHOLE_19 = new Entry(
            "vgg19/",
            "vgg19_weights_tf_dim_ordering_tf_kernels.h5",
            "cbe5617147190e668d6c5d5026f83318",
            LARGEST,
            Networks.VGG19.last());

    /**
     * A file that can be downloaded.
     *
     * @param folder where it lies in the catalog, with a slash at its end; empty for the catalog itself
     * @param fileName there and in the cache folder
     * @param md5 the hash that its publisher names, in lower-case hexadecimal
     * @param maxBytes more than the file has; a longer answer is refused
     * @param deepest the last layer that it serves
     */
    public record Entry(String folder, String fileName, String md5, long maxBytes, VggLayer deepest) {}

    private WeightsCatalog() {}

    private static VggLayer layer(Network network, String name) {
        return network.byName(name).orElseThrow();
    }

    /** All files, the smallest of each network first. */
    public static List<Entry> entries() {
        return List.of(CONVOLUTIONS, WHOLE, CONVOLUTIONS_19, WHOLE_19);
    }

    /** The files that have all layers up to {@code deepest}, the smallest first; never empty. */
    public static List<Entry> serving(VggLayer deepest) {
        var network = Networks.of(deepest);
        return entries().stream()
                .filter(entry -> Networks.of(entry.deepest()) == network
                        && entry.deepest().compareTo(deepest) >= 0)
                .toList();
    }
}

package org.chromaprep.vgg;

/** The layers of {@link Networks#VGG16} by name. */
public final class Vgg16 {
    public static final VggLayer CONV1_1 = layer("conv1_1");
    public static final VggLayer CONV1_2 = layer("conv1_2");
    public static final VggLayer POOL1 = layer("pool1");
    public static final VggLayer CONV2_1 = layer("conv2_1");
    public static final VggLayer CONV2_2 = layer("conv2_2");
    public static final VggLayer POOL2 = layer("pool2");
    public static final VggLayer CONV3_1 = layer("conv3_1");
    public static final VggLayer CONV3_2 = layer("conv3_2");
    public static final VggLayer CONV3_3 = layer("conv3_3");
    public static final VggLayer POOL3 = layer("pool3");
    public static final VggLayer CONV4_1 = layer("conv4_1");
    public static final VggLayer CONV4_2 = layer("conv4_2");
    public static final VggLayer CONV4_3 = layer("conv4_3");
    public static final VggLayer POOL4 = layer("pool4");
    public static final VggLayer CONV5_1 = layer("conv5_1");
    public static final VggLayer CONV5_2 = layer("conv5_2");
    public static final VggLayer CONV5_3 = layer("conv5_3");
    public static final VggLayer POOL5 = layer("pool5");
    public static final VggLayer FC6 = layer("fc6");
    public static final VggLayer FC7 = layer("fc7");
    public static final VggLayer FC8 = layer("fc8");
    public static final VggLayer FC6CONV = layer("fc6conv");
    public static final VggLayer FC7CONV = layer("fc7conv");

    private Vgg16() {}

    private static VggLayer layer(String name) {
        return Networks.VGG16.byName(name).orElseThrow();
    }
}

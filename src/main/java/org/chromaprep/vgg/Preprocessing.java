package org.chromaprep.vgg;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * How grey values 0..255 become the network's input, per channel {@code (value * scale - mean) / deviation}.
 *
 * <p>Inputs are written in R, G, B order, as {@link VggWeights} keeps its kernels; where a file's own network wants B,
 * G, R, its reader has reordered the first kernel, so {@code caffe} and {@code raw} mean what their papers mean.
 */
public enum Preprocessing {
    /** B, G, R minus the ImageNet means 103.939, 116.779, 123.68 (the original Caffe model and Keras). */
    CAFFE("caffe", 1, new double[] {123.68, 116.779, 103.939}, new double[] {1, 1, 1}),
    /** B, G, R in 0..255 as they are (the article "Convolutional hypercolumns in Python"). */
    RAW("raw", 1, new double[] {0, 0, 0}, new double[] {1, 1, 1}),
    /** R, G, B in 0..1, minus mean, by standard deviation (torchvision). */
    TORCH("torch", 1 / 255.0, new double[] {0.485, 0.456, 0.406}, new double[] {0.229, 0.224, 0.225});

    private static final int LEVELS = 256;
    private static final int CHANNELS = 3;

    private final String optionName;
    private final float[] table;

    Preprocessing(String optionName, double scale, double[] mean, double[] deviation) {
        this.optionName = optionName;
        this.table = new float[LEVELS * CHANNELS];
        for (int value = 0; value < LEVELS; value++) {
            for (int c = 0; c < CHANNELS; c++) {
                table[value * CHANNELS + c] = (float) ((value * scale - mean[c]) / deviation[c]);
            }
        }
    }

    /** The name in options and files. */
    public String optionName() {
        return optionName;
    }

    /** The preprocessing of that name, if it is one. */
    public static Optional<Preprocessing> byName(String name) {
        return Arrays.stream(values()).filter(p -> p.optionName.equals(name)).findFirst();
    }

    /**
     * Copies grey pixels to the three channels.
     *
     * @param luma grey values 0..255 (unsigned bytes)
     * @param input receives three numbers a pixel, R, G, B, from index 0
     * @throws IndexOutOfBoundsException if the buffer is too short
     */
    public void fromLuma(byte[] luma, FloatBuffer input) {
        for (int i = 0; i < luma.length; i++) {
            input.put(i * CHANNELS, table, (luma[i] & 0xff) * CHANNELS, CHANNELS);
        }
    }

    /**
     * Preprocesses colour pixels.
     *
     * @param rgb R, G, B values 0..255 (unsigned bytes), three a pixel
     * @param input receives three numbers a pixel, R, G, B, from index 0
     * @throws IndexOutOfBoundsException if the buffer is too short
     */
    public void fromRgb(byte[] rgb, FloatBuffer input) {
        for (int i = 0; i < rgb.length; i++) {
            input.put(i, table[(rgb[i] & 0xff) * CHANNELS + i % CHANNELS]);
        }
    }
}

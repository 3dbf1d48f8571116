package org.chromaprep.hypercolumn;

import java.util.Arrays;

/**
 * Adds up how the features of hypercolumns vary together, over every pixel of one frame after another, by the two products
 * alone: column {@code j} of X'X is X'(X e_j). Products are float, their sums double. One thread.
 *
 * <p>Each frame costs features / 64 products of 64 columns, and the sums take features squared numbers, which bounds the
 * features.
 */
public final class HypercolumnCovariance {
    /** The most features: their sums take 0.3 GB. All 13 convolutions of VGG-16 have 4224. */
    public static final int MOST_FEATURES = 6144;

    private static final int COLUMNS = 64;

    private final int features;
    private final double[] products;
    private final double[] columnSums;
    private final float[] directions;
    private final double[] block;
    private float[] planes = {};
    private long pixels;

    /**
     * @throws IllegalArgumentException if there are more features than {@link #MOST_FEATURES}
     */
    public HypercolumnCovariance(int features) {
        if (features > MOST_FEATURES) {
            throw new IllegalArgumentException("Principal components are found of at most " + MOST_FEATURES
                    + " features, not " + features + "; leave layers out, first of all fc6 and fc7.");
        }
        this.features = features;
        this.products = new double[features * features];
        this.columnSums = new double[features];
        this.directions = new float[COLUMNS * features];
        this.block = new double[COLUMNS * features];
    }

    /**
     * Adds all pixels of a frame.
     *
     * @throws IllegalArgumentException if the matrix has another number of features
     */
    public void add(HypercolumnMatrix x) {
        if (x.features() != features) {
            throw new IllegalArgumentException("Hypercolumns of " + features + " and of " + x.features()
                    + " features have no covariance; choose the same layers.");
        }
        var size = x.grid().pixels();
        if (planes.length < COLUMNS * size) {
            planes = new float[Math.multiplyExact(COLUMNS, size)];
        }
        for (var begin = 0; begin < features; begin += COLUMNS) {
            var count = Math.min(COLUMNS, features - begin);
            for (var j = 0; j < count; j++) {
                directions[j * features + begin + j] = 1;
            }
            x.times(directions, count, planes);
            x.transposeTimes(planes, count, block);
            for (var j = 0; j < count; j++) {
                directions[j * features + begin + j] = 0;
                addColumn(begin + j, j);
                columnSums[begin + j] += sum(planes, j * size, size);
            }
        }
        pixels += size;
    }

    /**
     * Adds what another one has added up.
     *
     * @throws IllegalArgumentException if it is of another number of features
     */
    public void add(HypercolumnCovariance other) {
        if (other.features != features) {
            throw new IllegalArgumentException("Covariances of " + features + " and of " + other.features
                    + " features have no sum; choose the same layers.");
        }
        for (var i = 0; i < products.length; i++) {
            products[i] += other.products[i];
        }
        for (var f = 0; f < features; f++) {
            columnSums[f] += other.columnSums[f];
        }
        pixels += other.pixels;
    }

    /** Begins anew, in the same memory. */
    public void clear() {
        Arrays.fill(products, 0);
        Arrays.fill(columnSums, 0);
        pixels = 0;
    }

    // The upper triangle is enough, for the lower one is its mirror.
    private void addColumn(int feature, int ofBlock) {
        for (var f = feature; f < features; f++) {
            products[feature * features + f] += block[ofBlock * features + f];
        }
    }

    private static double sum(float[] numbers, int begin, int count) {
        var sum = 0.0;
        for (var i = begin; i < begin + count; i++) {
            sum += numbers[i];
        }
        return sum;
    }

    /** Pixels added so far. */
    public long pixels() {
        return pixels;
    }

    /**
     * The directions in which all pixels added so far differ most.
     *
     * @param count how many, 1 to the features
     * @throws IllegalArgumentException if fewer than two pixels were added, the count is out of range, or a number was not
     *     finite
     */
    public PrincipalComponents principal(int count) {
        if (pixels < 2 || count < 1 || count > features) {
            throw new IllegalArgumentException(
                    "Principal components need at least two pixels and one feature a component," + " not " + pixels
                            + " pixels of " + features + " features for " + count + ".");
        }
        var mean = new double[features];
        for (var f = 0; f < features; f++) {
            mean[f] = columnSums[f] / pixels;
        }
        var covariance = new double[products.length];
        for (var f = 0; f < features; f++) {
            for (var g = f; g < features; g++) {
                var centred = products[f * features + g] - pixels * mean[f] * mean[g];
                if (!Double.isFinite(centred)) {
                    throw new IllegalArgumentException(
                            "The hypercolumns hold numbers that are not finite; check the weights,"
                                    + " or compute with a higher precision.");
                }
                covariance[f * features + g] = centred / (pixels - 1);
            }
        }
        return PrincipalComponents.ofCovariance(mean, covariance, count);
    }
}

package org.chromaprep.scene;

import java.util.Arrays;

/**
 * A picture's 64 bits that survive scaling, exposure and noise: which of the lowest 64 frequencies of its 32x32 block means
 * (without the mean itself) lie above their median (the DCT hash of Zauner, "Implementation and Benchmarking of Perceptual
 * Image Hash Functions", 2010). Pictures alike differ by few bits, others by about 32. One thread.
 */
public final class PerceptualHash {
    private static final int BLOCKS = Thumbnail.HALF;
    private static final int FREQUENCIES = 8;

    private final double[] cosines = new double[FREQUENCIES * BLOCKS];
    private final double[] blocks = new double[BLOCKS * BLOCKS];
    private final double[] half = new double[BLOCKS * FREQUENCIES];
    private final double[] spectrum = new double[FREQUENCIES * FREQUENCIES];

    public PerceptualHash() {
        for (var frequency = 0; frequency < FREQUENCIES; frequency++) {
            for (var block = 0; block < BLOCKS; block++) {
                // Frequency 0 on both axes is the mean; taking 1..8 on one axis leaves it out.
                cosines[frequency * BLOCKS + block] =
                        StrictMath.cos(Math.PI * (frequency + 1) * (2 * block + 1) / (2.0 * BLOCKS));
            }
        }
    }

    /** The hash of a thumbnail's picture. */
    public long of(Thumbnail thumbnail) {
        for (var y = 0; y < BLOCKS; y++) {
            for (var x = 0; x < BLOCKS; x++) {
                blocks[y * BLOCKS + x] = thumbnail.grey(2 * y, 2 * x)
                        + thumbnail.grey(2 * y, 2 * x + 1)
                        + thumbnail.grey(2 * y + 1, 2 * x)
                        + thumbnail.grey(2 * y + 1, 2 * x + 1);
            }
        }
        return ofBlocks();
    }

    /** The hash of a picture of 32 by 32 grey values. */
    long of(float[] greys) {
        for (var i = 0; i < blocks.length; i++) {
            blocks[i] = greys[i];
        }
        return ofBlocks();
    }

    private long ofBlocks() {
        transform();
        var sorted = spectrum.clone();
        Arrays.sort(sorted);
        var median = (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
        var hash = 0L;
        for (var value : spectrum) {
            hash = hash << 1 | (value > median ? 1 : 0);
        }
        return hash;
    }

    private void transform() {
        for (var row = 0; row < BLOCKS; row++) {
            for (var frequency = 0; frequency < FREQUENCIES; frequency++) {
                var sum = 0.0;
                for (var column = 0; column < BLOCKS; column++) {
                    sum += blocks[row * BLOCKS + column] * cosines[frequency * BLOCKS + column];
                }
                half[row * FREQUENCIES + frequency] = sum;
            }
        }
        for (var vertical = 0; vertical < FREQUENCIES; vertical++) {
            for (var horizontal = 0; horizontal < FREQUENCIES; horizontal++) {
                var sum = 0.0;
                for (var row = 0; row < BLOCKS; row++) {
                    sum += half[row * FREQUENCIES + horizontal] * cosines[vertical * BLOCKS + row];
                }
                spectrum[vertical * FREQUENCIES + horizontal] = sum;
            }
        }
    }

    /** How many bits two hashes differ by, 0 to 64. */
    public static int distance(long one, long other) {
        return Long.bitCount(one ^ other);
    }
}

package org.chromaprep.scene;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * What scenes are judged by: a picture's block means, in which grain averages out, and the cumulative histogram of its grey
 * values after their mean and deviation are taken out, in which exposure does. Immutable.
 */
public final class ScenePicture {
    /** Brings the histograms' difference to the size of the blocks'. */
    private static final double HISTOGRAM_WEIGHT = 3;

    private static final int SIDE = Thumbnail.HALF;
    private static final int BINS = 64;
    /** The histogram spans this many standard deviations on both sides of the mean. */
    private static final double SPAN = 3;
    /** Variance of grain and coding noise a pixel, in squared grey levels. */
    private static final double PIXEL_NOISE = 25;
    /** The same for a block mean, which neighbouring grains share. */
    private static final double BLOCK_NOISE = 9;
    /** Below this standard deviation of block means, in grey levels, a picture is black, white or fog. */
    private static final double FLAT = 4;
    /** Camera motion between two frames that is followed, in blocks: 6 % of the picture's side. */
    private static final int REACH = 2;
    /** Pixels of a block. */
    private static final int QUAD = 4;

    private static final int LEVELS = 256;

    /** Blocks of a picture. */
    static final int BLOCKS = SIDE * SIDE;
    /** Bytes that {@link #write} puts. */
    static final int BYTES = SIDE * SIDE * Short.BYTES + BINS * Float.BYTES;

    /** Sums of each block's four pixels, exact. */
    private final short[] sums;

    private final float[] cumulative;

    private ScenePicture(short[] sums, float[] cumulative) {
        this.sums = sums;
        this.cumulative = cumulative;
    }

    public static ScenePicture of(Thumbnail thumbnail) {
        var sums = new short[SIDE * SIDE];
        var counts = new int[LEVELS];
        for (var y = 0; y < Thumbnail.SIDE; y++) {
            for (var x = 0; x < Thumbnail.SIDE; x++) {
                var grey = thumbnail.grey(y, x);
                sums[y / 2 * SIDE + x / 2] += (short) grey;
                counts[grey]++;
            }
        }
        return new ScenePicture(sums, cumulative(counts));
    }

    private static float[] cumulative(int[] counts) {
        var pixels = (double) Thumbnail.SIDE * Thumbnail.SIDE;
        var sum = 0.0;
        var squares = 0.0;
        for (var grey = 0; grey < LEVELS; grey++) {
            sum += (double) counts[grey] * grey;
            squares += (double) counts[grey] * grey * grey;
        }
        var mean = sum / pixels;
        var deviation = Math.sqrt(Math.max(0, squares / pixels - mean * mean) + PIXEL_NOISE);
        var cumulative = new float[BINS];
        for (var grey = 0; grey < LEVELS; grey++) {
            var place = ((grey - mean) / deviation + SPAN) / (2 * SPAN) * BINS;
            cumulative[(int) Math.max(0, Math.min(BINS - 1, place))] += (float) (counts[grey] / pixels);
        }
        for (var bin = 1; bin < BINS; bin++) {
            cumulative[bin] += cumulative[bin - 1];
        }
        return cumulative;
    }

    boolean isFlat() {
        var sum = 0.0;
        var squares = 0.0;
        for (var block : sums) {
            sum += block;
            squares += (double) block * block;
        }
        var mean = sum / sums.length;
        return squares / sums.length - mean * mean < FLAT * FLAT * QUAD * QUAD;
    }

    /** Mean difference of the cumulative histograms: 0 to 1. */
    double histogramDistance(ScenePicture other) {
        var sum = 0.0;
        for (var bin = 0; bin < BINS; bin++) {
            sum += Math.abs(cumulative[bin] - other.cumulative[bin]);
        }
        return sum / BINS;
    }

    /** One minus the blocks' correlation where the pictures fit best within {@value #REACH} blocks of shift: 0 to 2. */
    double blockDistance(ScenePicture other) {
        var best = -1.0;
        for (var dy = -REACH; dy <= REACH; dy++) {
            for (var dx = -REACH; dx <= REACH; dx++) {
                best = Math.max(best, correlation(other, dy, dx));
            }
        }
        return 1 - best;
    }

    private double correlation(ScenePicture other, int dy, int dx) {
        // Sums of at most 1024 products of numbers below 1024 are exact in whole numbers.
        var a = 0L;
        var b = 0L;
        var aa = 0L;
        var ab = 0L;
        var bb = 0L;
        for (var y = Math.max(0, -dy); y < SIDE - Math.max(0, dy); y++) {
            for (var x = Math.max(0, -dx); x < SIDE - Math.max(0, dx); x++) {
                int here = sums[y * SIDE + x];
                int there = other.sums[(y + dy) * SIDE + x + dx];
                a += here;
                b += there;
                aa += here * here;
                ab += here * there;
                bb += there * there;
            }
        }
        double n = (SIDE - Math.abs(dy)) * (SIDE - Math.abs(dx));
        var noise = BLOCK_NOISE * QUAD * QUAD;
        var here = Math.max(0, aa / n - a / n * (a / n)) + noise;
        var there = Math.max(0, bb / n - b / n * (b / n)) + noise;
        return (ab / n - a / n * (b / n) + noise) / Math.sqrt(here * there);
    }

    /** Squared distance of the block means, summed over the blocks, in squared grey levels. */
    double squaredDistance(ScenePicture other) {
        var sum = 0L;
        for (var i = 0; i < sums.length; i++) {
            var way = sums[i] - other.sums[i];
            sum += (long) way * way;
        }
        return (double) sum / (QUAD * QUAD);
    }

    /**
     * How this picture lies between two others, as pictures of a dissolve do.
     *
     * @param share of {@code after} in the mixture of the two that is nearest to this picture
     * @param rest squared distance from that mixture, over the squared distance of the two
     */
    record Mixture(double share, double rest) {}

    Mixture between(ScenePicture before, ScenePicture after) {
        var along = 0L;
        var length = 0L;
        var own = 0L;
        for (var i = 0; i < sums.length; i++) {
            var way = after.sums[i] - before.sums[i];
            var here = sums[i] - before.sums[i];
            along += (long) here * way;
            length += (long) way * way;
            own += (long) here * here;
        }
        if (length == 0) {
            return new Mixture(0, Double.POSITIVE_INFINITY);
        }
        var share = (double) along / length;
        return new Mixture(share, Math.max(0, own / (double) length - share * share));
    }

    /** The block means, rounded, row by row, in Base64. */
    public String toBase64() {
        var greys = new byte[BLOCKS];
        for (var i = 0; i < BLOCKS; i++) {
            greys[i] = (byte) ((sums[i] + QUAD / 2) / QUAD);
        }
        return Base64.getEncoder().encodeToString(greys);
    }

    void write(ByteBuffer out) {
        for (var sum : sums) {
            out.putShort(sum);
        }
        for (var share : cumulative) {
            out.putFloat(share);
        }
    }

    static ScenePicture read(ByteBuffer in) {
        var sums = new short[SIDE * SIDE];
        var cumulative = new float[BINS];
        for (var i = 0; i < sums.length; i++) {
            sums[i] = in.getShort();
        }
        for (var i = 0; i < BINS; i++) {
            cumulative[i] = in.getFloat();
        }
        return new ScenePicture(sums, cumulative);
    }

    /** How much this picture and another differ: 0 for the same, about 1 for two that have nothing in common. */
    double difference(ScenePicture other) {
        return blockDistance(other) + HISTOGRAM_WEIGHT * histogramDistance(other);
    }
}

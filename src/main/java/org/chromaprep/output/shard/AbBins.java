package org.chromaprep.output.shard;

import java.util.List;
import java.util.stream.IntStream;
import org.chromaprep.colour.CieLab;
import org.chromaprep.colour.Srgb;

/**
 * a*, b* in steps of ten, as classes (Zhang et al., "Colorful Image Colorization", 2016, section 2.2): those that some sRGB
 * colour of 8 bits is nearest to, which are 261, or the 313 that were published with the paper. A colour is encoded softly by its five
 * nearest bins, weighted by a Gaussian of standard deviation 5 and summing to 1. Immutable; any number of threads may use
 * it.
 */
public final class AbBins {
    /** How many bins a colour is encoded by. */
    public static final int NEIGHBOURS = 5;

    private static final int STEP = 10;
    private static final int REACH = 12;
    private static final int SIDE = 2 * REACH + 1;
    private static final int LEVELS = 256;
    private static final double SIGMA = 5;

    /** Which classes there are, and in which order they are numbered. */
    public enum Classes {
        /** Those of sRGB's gamut, by a*, then b*. */
        GAMUT,
        /**
         * The 313 of the file {@code pts_in_hull.npy}, which was published with the paper's network and reaches beyond the gamut, in
         * its order, by a*, then b*: heads trained on these classes know their numbers.
         */
        PUBLISHED
    }

    /** The least and the largest b* of the published classes for each a*, from -90 to 100. */
    private static final int[][] PUBLISHED = {
        {50, 90},
        {20, 90},
        {0, 90},
        {-20, 90},
        {-30, 100},
        {-40, 100},
        {-50, 100},
        {-50, 100},
        {-60, 100},
        {-70, 100},
        {-80, 90},
        {-80, 90},
        {-90, 90},
        {-100, 90},
        {-100, 80},
        {-110, 80},
        {-110, 80},
        {-110, 70},
        {-110, 70},
        {-90, 0}
    };

    private static final int PUBLISHED_A = -90;

    private final int[] centres;

    /** The bins of sRGB's gamut. */
    public AbBins() {
        this(Classes.GAMUT);
    }

    /** @param classes which there are */
    public AbBins(Classes classes) {
        centres = classes == Classes.GAMUT ? gamut() : published();
    }

    private static int[] published() {
        return IntStream.range(0, PUBLISHED.length)
                .boxed()
                .flatMapToInt(row -> IntStream.iterate(PUBLISHED[row][0], b -> b <= PUBLISHED[row][1], b -> b + STEP)
                        .flatMap(b -> IntStream.of(PUBLISHED_A + row * STEP, b)))
                .toArray();
    }

    private static int[] gamut() {
        var found = new boolean[SIDE * SIDE];
        var light = new double[LEVELS];
        for (var level = 0; level < LEVELS; level++) {
            light[level] = Srgb.light(level / (LEVELS - 1.0));
        }
        // The surface of the colour cube has every a*, b* that its inside has.
        for (var i = 0; i < LEVELS; i++) {
            for (var j = 0; j < LEVELS; j++) {
                for (var end : new double[] {0, 1}) {
                    found[cell(end, light[i], light[j])] = true;
                    found[cell(light[i], end, light[j])] = true;
                    found[cell(light[i], light[j], end)] = true;
                }
            }
        }
        return IntStream.range(0, found.length)
                .filter(cell -> found[cell])
                .flatMap(cell -> IntStream.of((cell / SIDE - REACH) * STEP, (cell % SIDE - REACH) * STEP))
                .toArray();
    }

    private static int cell(double red, double green, double blue) {
        var colour = CieLab.ofLight(red, green, blue);
        return (int) (Math.round(colour.a() / STEP) + REACH) * SIDE + (int) Math.round(colour.b() / STEP) + REACH;
    }

    /** How many bins there are. */
    public int size() {
        return centres.length / 2;
    }

    /** Each bin's a*, b*, in the order of their numbers. */
    public List<List<Integer>> centres() {
        return IntStream.range(0, size())
                .mapToObj(bin -> List.of(a(bin), b(bin)))
                .toList();
    }

    /** A bin's a*. */
    public int a(int bin) {
        return centres[2 * bin];
    }

    /** A bin's b*. */
    public int b(int bin) {
        return centres[2 * bin + 1];
    }

    /**
     * Encodes a colour.
     *
     * @param bins receives the numbers of the five nearest bins from {@code at}, nearest first, the first of equals first
     * @param weights receives their weights from {@code at}
     */
    public void encode(float a, float b, short[] bins, float[] weights, int at) {
        var distances = new double[NEIGHBOURS];
        var found = 0;
        for (var bin = 0; bin < size(); bin++) {
            var da = a - centres[2 * bin];
            var db = b - centres[2 * bin + 1];
            var distance = (double) da * da + (double) db * db;
            if (found == NEIGHBOURS && distance >= distances[NEIGHBOURS - 1]) {
                continue;
            }
            var place = found < NEIGHBOURS ? found++ : NEIGHBOURS - 1;
            for (; place > 0 && distances[place - 1] > distance; place--) {
                distances[place] = distances[place - 1];
                bins[at + place] = bins[at + place - 1];
            }
            distances[place] = distance;
            bins[at + place] = (short) bin;
        }
        var sum = 0.0;
        for (var i = 0; i < NEIGHBOURS; i++) {
            // Relative to the nearest, so that colours beyond all bins have weights, too.
            sum += StrictMath.exp((distances[0] - distances[i]) / (2 * SIGMA * SIGMA));
        }
        for (var i = 0; i < NEIGHBOURS; i++) {
            weights[at + i] = (float) (StrictMath.exp((distances[0] - distances[i]) / (2 * SIGMA * SIGMA)) / sum);
        }
    }
}

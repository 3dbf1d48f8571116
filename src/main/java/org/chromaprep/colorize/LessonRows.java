package org.chromaprep.colorize;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.StratifiedSampling;
import org.chromaprep.learn.Place;
import org.chromaprep.learn.Standardisation;
import org.chromaprep.learn.Target.Regression;

/**
 * Draws the rows that heads learn from: pixels of known frames, each as likely as any other, and pixels of frames that colours
 * were carried to, as likely as these are to be trusted. Hypercolumns are gathered from the native maps for each batch anew.
 * Immutable; any number of threads may draw, as gathering allows.
 */
final class LessonRows {
    /** Rows of a batch that carried colours have, where there are any. */
    private static final double CARRIED_SHARE = 0.6;
    /** Pixels of each known frame that features are measured on. */
    private static final int MEASURED = 8192;

    private final Grid grid;
    private final List<Frame> known = new ArrayList<>();
    private final List<Frame> carried = new ArrayList<>();
    /** Sums of the carried pixels' weights up to each. */
    private final double[] sums;

    private final Standardisation standardisation;
    private final Regression target;

    private record Frame(HypercolumnMatrix matrix, float[] ab) {}

    /** Pixels of one frame in a batch, and which rows they are. */
    private record Drawn(List<Integer> pixels, List<Integer> rows) {}

    /**
     * @param lessons known ones and others, a known one at least
     * @param matrices of these frames; they must last as long as this
     */
    LessonRows(Grid grid, List<Lesson> lessons, List<HypercolumnMatrix> matrices) {
        this.grid = grid;
        var weights = new ArrayList<float[]>();
        for (var i = 0; i < lessons.size(); i++) {
            var frame = new Frame(matrices.get(i), lessons.get(i).ab());
            if (lessons.get(i).isKnown()) {
                known.add(frame);
            } else {
                carried.add(frame);
                weights.add(lessons.get(i).weights());
            }
        }
        sums = sums(weights);
        standardisation = measure();
        var all = new float[known.size() * 2 * grid.pixels()];
        for (var i = 0; i < known.size(); i++) {
            System.arraycopy(known.get(i).ab(), 0, all, i * 2 * grid.pixels(), 2 * grid.pixels());
        }
        target = Regression.around(all);
    }

    private static double[] sums(List<float[]> weights) {
        var sums = new double[weights.stream().mapToInt(each -> each.length).sum()];
        var sum = 0.0;
        var at = 0;
        for (var frame : weights) {
            for (var weight : frame) {
                sum += weight;
                sums[at++] = sum;
            }
        }
        return sums;
    }

    private Standardisation measure() {
        var first = known.get(0).matrix();
        var sampling = new StratifiedSampling(grid, MEASURED, 0);
        var rows = new float[known.size() * sampling.size() * first.features()];
        for (var i = 0; i < known.size(); i++) {
            var own = new float[sampling.size() * first.features()];
            known.get(i).matrix().gather(sampling.pixels(i), own);
            System.arraycopy(own, 0, rows, i * own.length, own.length);
        }
        return Standardisation.of(rows, known.size() * sampling.size(), first.layerEnds());
    }

    Standardisation standardisation() {
        return standardisation;
    }

    Regression target() {
        return target;
    }

    /**
     * Draws a batch.
     *
     * @param inputs receives {@code count} rows of standardised features and the place
     * @param labels receives as many of the target's outputs
     */
    void draw(SplittableRandom random, int count, float[] inputs, float[] labels) {
        var total = sums.length == 0 ? 0 : sums[sums.length - 1];
        var fromCarried = total > 0 ? (int) Math.round(CARRIED_SHARE * count) : 0;
        var frames = new ArrayList<Frame>(known);
        frames.addAll(carried);
        var drawn = frames.stream()
                .map(frame -> new Drawn(new ArrayList<>(), new ArrayList<>()))
                .toList();
        for (var row = 0; row < count; row++) {
            var pixel = row < fromCarried
                    ? known.size() * grid.pixels() + find(random.nextDouble() * total)
                    : random.nextInt(known.size() * grid.pixels());
            drawn.get(pixel / grid.pixels()).pixels().add(pixel % grid.pixels());
            drawn.get(pixel / grid.pixels()).rows().add(row);
        }
        for (var i = 0; i < frames.size(); i++) {
            write(frames.get(i), drawn.get(i), inputs, labels);
        }
    }

    private int find(double sum) {
        var low = 0;
        var high = sums.length - 1;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (sums[middle] > sum) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private void write(Frame frame, Drawn drawn, float[] inputs, float[] labels) {
        var features = standardisation.features();
        var length = features + Place.INPUTS;
        var pixels = drawn.pixels().stream().mapToInt(Integer::intValue).toArray();
        var columns = new float[pixels.length * features];
        frame.matrix().gather(pixels, columns);
        var rows = new float[pixels.length * length];
        standardisation.apply(columns, pixels.length, rows, length);
        for (var i = 0; i < pixels.length; i++) {
            var row = drawn.rows().get(i);
            Place.write(pixels[i], grid, rows, i * length + features);
            System.arraycopy(rows, i * length, inputs, row * length, length);
            target.encode(frame.ab()[2 * pixels[i]], frame.ab()[2 * pixels[i] + 1], labels, 2 * row);
        }
    }
}

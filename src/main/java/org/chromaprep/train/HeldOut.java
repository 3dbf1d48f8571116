package org.chromaprep.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.chromaprep.dataset.Split;
import org.chromaprep.hypercolumn.PlaneProduct;
import org.chromaprep.learn.Head;
import org.chromaprep.learn.Standardisation;

/**
 * Rows of a part that nothing is learned from, with their true colours: some thousand, spread evenly over the part's frames and drawn from
 * each. They say how good heads are. Immutable once made, but for scratch memory: one thread at a time.
 */
final class HeldOut {
    private static final int MOST_FRAMES = 2048;
    private static final int MOST_ROWS = 1 << 15;
    private static final int LEAST_OF_FRAME = 16;
    private static final int BLOCK = 1024;

    private final int inputs;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();

    /** Rows as planes: one input of all rows after another. */
    private record Block(float[] planes, int rows) {}

    private record Frame(String film, float[] ab) {}

    /**
     * How good colours are: the root mean square error of a*, b* over a frame's pixels, averaged over frames.
     *
     * @param rmse over all frames
     * @param films over each film's
     */
    record Score(double rmse, Map<String, Double> films) {}

    private HeldOut(int inputs) {
        this.inputs = inputs;
    }

    /** All rows of a frame. */
    HeldOut(FrameSample frame, Standardisation standardisation) {
        this(Rows.length(standardisation.features()));
        var rows = new ArrayList<float[]>();
        add(frame, Rows.all(frame.rows()), standardisation, rows);
        flush(rows);
    }

    /**
     * Reads the rows.
     *
     * @throws IOException if a shard cannot be read, or no sample has colours
     */
    static HeldOut of(TrainingData data, Split part, Standardisation standardisation, long seed) throws IOException {
        var held = new HeldOut(Rows.length(standardisation.features()));
        var random = new SplittableRandom(seed);
        var ofFrame = (int) Math.max(LEAST_OF_FRAME, MOST_ROWS / Math.min(MOST_FRAMES, data.samples(part)));
        var rows = new ArrayList<float[]>();
        data.spread(part, MOST_FRAMES, sample -> {
            var frame = FrameSample.of(sample, standardisation.features());
            if (frame.isPresent() && frame.get().rows() > 0) {
                held.add(frame.get(), Rows.draw(frame.get().rows(), ofFrame, random), standardisation, rows);
            }
        });
        held.flush(rows);
        if (held.frames.isEmpty()) {
            throw new IOException("no frame of the part " + part.label() + " has a sampled pixel with a colour");
        }
        return held;
    }

    private void add(FrameSample frame, int[] drawn, Standardisation standardisation, List<float[]> rows) {
        var ab = new float[2 * drawn.length];
        for (var i = 0; i < drawn.length; i++) {
            var row = new float[inputs];
            Rows.write(frame, drawn[i], standardisation, row, 0);
            ab[2 * i] = frame.ab()[2 * drawn[i]];
            ab[2 * i + 1] = frame.ab()[2 * drawn[i] + 1];
            rows.add(row);
            if (rows.size() == BLOCK) {
                flush(rows);
            }
        }
        frames.add(new Frame(frame.film(), ab));
    }

    private void flush(List<float[]> rows) {
        var planes = new float[inputs * rows.size()];
        for (var i = 0; i < rows.size(); i++) {
            for (var j = 0; j < inputs; j++) {
                planes[j * rows.size() + i] = rows.get(i)[j];
            }
        }
        if (!rows.isEmpty()) {
            blocks.add(new Block(planes, rows.size()));
        }
        rows.clear();
    }

    /** How good an ensemble's mean colours are. */
    Score score(List<Head> heads) {
        return score(colours(heads));
    }

    /** How good one colour for everything is. */
    Score score(float a, float b) {
        var ab = new float[2 * rows()];
        for (var i = 0; i < ab.length; i += 2) {
            ab[i] = a;
            ab[i + 1] = b;
        }
        return score(ab);
    }

    private int rows() {
        return frames.stream().mapToInt(frame -> frame.ab().length / 2).sum();
    }

    /** An ensemble's mean a*, b* of each row. */
    float[] colours(List<Head> heads) {
        var mean = new float[2 * rows()];
        var ab = new float[mean.length];
        for (var head : heads) {
            colour(head, ab);
            for (var i = 0; i < ab.length; i++) {
                mean[i] += ab[i] / heads.size();
            }
        }
        return mean;
    }

    private void colour(Head head, float[] ab) {
        var products = head.layers().stream()
                .map(layer -> new PlaneProduct(layer.weights(), layer.outputs(), layer.inputs(), BLOCK))
                .toList();
        var begin = 0;
        for (var block : blocks) {
            var values = block.planes();
            for (var i = 0; i < products.size(); i++) {
                var layer = head.layers().get(i);
                var next = new float[layer.outputs() * block.rows()];
                products.get(i).multiply(values, block.rows(), next);
                addBiases(layer.biases(), block.rows(), i + 1 < products.size(), next);
                values = next;
            }
            head.target().decode(values, block.rows(), ab, 2 * begin);
            begin += block.rows();
        }
    }

    private static void addBiases(float[] biases, int rows, boolean rectify, float[] planes) {
        for (var j = 0; j < biases.length; j++) {
            for (var i = j * rows; i < (j + 1) * rows; i++) {
                planes[i] = rectify ? Math.max(0, planes[i] + biases[j]) : planes[i] + biases[j];
            }
        }
    }

    private Score score(float[] ab) {
        var films = new LinkedHashMap<String, double[]>();
        var all = new double[2];
        var at = 0;
        for (var frame : frames) {
            var squares = 0.0;
            for (var i = 0; i < frame.ab().length; i++) {
                var off = (double) ab[at + i] - frame.ab()[i];
                squares += off * off;
            }
            var rmse = Math.sqrt(squares / frame.ab().length);
            at += frame.ab().length;
            for (var sum : List.of(all, films.computeIfAbsent(frame.film(), name -> new double[2]))) {
                sum[0] += rmse;
                sum[1]++;
            }
        }
        var means = new LinkedHashMap<String, Double>();
        films.forEach((film, sum) -> means.put(film, sum[0] / sum[1]));
        return new Score(all[0] / all[1], means);
    }
}

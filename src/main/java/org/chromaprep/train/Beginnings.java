package org.chromaprep.train;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.chromaprep.dataset.Split;
import org.chromaprep.learn.Standardisation;
import org.chromaprep.learn.Target;
import org.chromaprep.output.shard.ChromaBins;

/**
 * What is measured on the part {@code train} before the first step.
 *
 * @param standardisation of its features
 * @param labels of the target
 * @param meanA mean a*
 * @param meanB mean b*
 */
record Beginnings(Standardisation standardisation, Labels labels, float meanA, float meanB) {
    private static final int MOST_FRAMES = 1024;
    private static final int MOST_ROWS = 1 << 15;
    private static final int LEAST_OF_FRAME = 16;

    /** Hypercolumns and colours of sampled pixels; how many histograms' bins there are. */
    private static final class Measured {
        private final SplittableRandom random;
        private float[] columns = {};
        private float[] ab = {};
        private int rows;
        private int bins;

        Measured(long seed) {
            random = new SplittableRandom(seed);
        }

        void add(FrameSample frame, int most, int features) {
            var drawn = Rows.draw(frame.rows(), most, random);
            columns = grown(columns, (rows + drawn.length) * features);
            ab = grown(ab, 2 * (rows + drawn.length));
            for (var row : drawn) {
                System.arraycopy(frame.columns(), row * features, columns, rows * features, features);
                System.arraycopy(frame.ab(), 2 * row, ab, 2 * rows, 2);
                rows++;
            }
            bins = Math.max(bins, frame.bins());
        }

        private static float[] grown(float[] array, int length) {
            return array.length >= length ? array : Arrays.copyOf(array, Math.max(length, 2 * array.length));
        }
    }

    /**
     * Measures.
     *
     * @throws IOException if a shard cannot be read, or nothing in it is to be learned
     */
    static Beginnings of(TrainingData data, TrainSettings settings) throws IOException {
        var features = data.features();
        var ofFrame = (int) Math.max(LEAST_OF_FRAME, MOST_ROWS / Math.min(MOST_FRAMES, data.samples(Split.TRAIN)));
        var measured = new Measured(settings.fit().seed());
        data.spread(Split.TRAIN, MOST_FRAMES, sample -> {
            var frame = FrameSample.of(sample, features);
            if (frame.isPresent()) {
                var lack = Labels.lack(settings.colours(), frame.get());
                if (lack.isPresent()) {
                    throw new IOException("the sample " + sample.key() + " " + lack.get());
                }
                measured.add(frame.get(), ofFrame, features);
            }
        });
        if (measured.rows == 0) {
            throw new IOException("no frame of the part " + Split.TRAIN.label() + " has a sampled pixel with a colour");
        }
        var target = Target.Regression.around(Arrays.copyOf(measured.ab, 2 * measured.rows));
        return new Beginnings(
                Standardisation.of(measured.columns, measured.rows, data.layerEnds()),
                labels(data, settings, target, measured.bins),
                target.meanA(),
                target.meanB());
    }

    private static Labels labels(TrainingData data, TrainSettings settings, Target.Regression mean, int bins) {
        return switch (settings.colours()) {
            case REGRESSION -> Labels.regression(mean);
            case CLASSES -> {
                var classes = Labels.bins(data);
                yield Labels.classes(classes, ClassWeights.of(classes, data.classes(), settings.uniform()), (float)
                        settings.temperature());
            }
            case HISTOGRAMS -> Labels.histograms(bins, ChromaBins.MOST);
        };
    }
}

package org.chromaprep.train;

import java.util.Arrays;
import java.util.Optional;
import org.chromaprep.learn.Target;
import org.chromaprep.output.shard.AbBins;

/** What a target wants of sampled pixels' colours. One thread at a time. */
abstract class Labels {
    private final Target target;

    private Labels(Target target) {
        this.target = target;
    }

    Target target() {
        return target;
    }

    /**
     * Writes what the outputs ought to be for a pixel.
     *
     * @param row of the frame
     * @param into receives the target's outputs from {@code at}
     */
    abstract void write(FrameSample frame, int row, float[] into, int at);

    /** a*, b* as numbers around their mean. */
    static Labels regression(Target.Regression target) {
        return new Labels(target) {
            @Override
            void write(FrameSample frame, int row, float[] into, int at) {
                target.encode(frame.ab()[2 * row], frame.ab()[2 * row + 1], into, at);
            }
        };
    }

    /**
     * Classes, softly encoded.
     *
     * @param weights of the classes; a pixel weighs what its nearest one does
     * @param temperature of the annealed mean
     */
    static Labels classes(AbBins bins, float[] weights, float temperature) {
        var centres = new float[2 * bins.size()];
        for (var bin = 0; bin < bins.size(); bin++) {
            centres[2 * bin] = bins.a(bin);
            centres[2 * bin + 1] = bins.b(bin);
        }
        var near = new short[AbBins.NEIGHBOURS];
        var shares = new float[AbBins.NEIGHBOURS];
        return new Labels(new Target.ColourClasses(centres, temperature)) {
            @Override
            void write(FrameSample frame, int row, float[] into, int at) {
                Arrays.fill(into, at, at + bins.size(), 0);
                bins.encode(frame.ab()[2 * row], frame.ab()[2 * row + 1], near, shares, 0);
                for (var i = 0; i < near.length; i++) {
                    into[at + near[i]] = weights[near[0]] * shares[i];
                }
            }
        };
    }

    /**
     * Histograms of hue and of chroma. As in the paper, a pixel's hue weighs five times its chroma, a part of the most that there is:
     * greys have none.
     *
     * @param mostChroma the end of the last bin
     */
    static Labels histograms(int bins, float mostChroma) {
        return new Labels(new Target.HueAndChroma(bins, mostChroma)) {
            private static final double HUE = 5;

            @Override
            void write(FrameSample frame, int row, float[] into, int at) {
                var chroma = Math.hypot(frame.ab()[2 * row], frame.ab()[2 * row + 1]);
                var weight = (float) (HUE * chroma / mostChroma);
                for (var bin = 0; bin < bins; bin++) {
                    into[at + bin] = weight * frame.histograms()[2 * bins * row + bin];
                    into[at + bins + bin] = frame.histograms()[2 * bins * row + bins + bin];
                }
            }
        };
    }

    /** Which classes of colours a data set has. */
    static AbBins bins(TrainingData data) {
        var published = new AbBins(AbBins.Classes.PUBLISHED);
        return data.bins().equals(published.centres()) ? published : new AbBins();
    }

    /** Why a target cannot be learned from a frame, as half a sentence. */
    static Optional<String> lack(TrainSettings.Kind kind, FrameSample frame) {
        return kind == TrainSettings.Kind.HISTOGRAMS && frame.bins() == 0
                ? Optional.of("has no histograms of hue and chroma; process the films with histograms among `dump`")
                : Optional.empty();
    }
}

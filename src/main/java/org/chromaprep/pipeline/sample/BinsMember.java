package org.chromaprep.pipeline.sample;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import org.chromaprep.npy.NpyType;
import org.chromaprep.output.shard.AbBins;
import org.chromaprep.output.shard.SampleBuffers;

/** {@code samples_bins.npy}, {@code samples_bin_weights.npy}: sampled pixels' colours as classes, softly encoded. */
final class BinsMember implements SampleMember {
    @Override
    public String optionName() {
        return "bins";
    }

    @Override
    public String description() {
        return "sampled pixels' a*, b* as the nearest classes and their soft weights";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.COLOUR, Need.SAMPLES);
    }

    @Override
    public List<MemberArray> arrays(SampleShape shape) {
        return List.of(
                MemberArray.npy("samples_bins", NpyType.INT16, shape.samples(), AbBins.NEIGHBOURS),
                MemberArray.npy("samples_bin_weights", NpyType.FLOAT16, shape.samples(), AbBins.NEIGHBOURS));
    }

    @Override
    public Writer writer(SampleShape shape) {
        return new Bins(shape);
    }

    private static final class Bins implements Writer {
        private final AbBins classes;
        private final short[] numbers;
        private final float[] weights;

        Bins(SampleShape shape) {
            classes = new AbBins(shape.classes());
            numbers = new short[AbBins.NEIGHBOURS * shape.samples()];
            weights = new float[AbBins.NEIGHBOURS * shape.samples()];
        }

        @Override
        public void add(SampledFrame frame, SampleBuffers sample) {
            frame.ab().ifPresent(ab -> {
                var pixels = frame.pixels();
                for (int i = 0; i < pixels.length; i++) {
                    classes.encode(ab[2 * pixels[i]], ab[2 * pixels[i] + 1], numbers, weights, AbBins.NEIGHBOURS * i);
                }
                sample.addShorts("samples_bins.npy", numbers, pixels.length, AbBins.NEIGHBOURS);
                sample.addHalves(
                        "samples_bin_weights.npy", FloatBuffer.wrap(weights), pixels.length, AbBins.NEIGHBOURS);
            });
        }
    }
}

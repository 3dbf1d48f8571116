package org.chromaprep.pipeline.sample;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.chromaprep.npy.NpyType;
import org.chromaprep.output.shard.SampleBuffers;

/** {@code samples*.npy}: hypercolumns of sampled pixels, with their places, clusters and colours. */
final class SamplesMember implements SampleMember {
    @Override
    public String optionName() {
        return "samples";
    }

    @Override
    public String description() {
        return "hypercolumns of sampled pixels (none without a network), their places (y, x), clusters and a*, b*";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.COLOUR_IF_ANY);
    }

    @Override
    public List<MemberArray> arrays(SampleShape shape) {
        var columns = shape.features() == 0
                ? List.<MemberArray>of()
                : List.of(MemberArray.npy("samples", NpyType.FLOAT16, shape.samples(), shape.features()));
        return Stream.concat(
                        columns.stream(),
                        Stream.of(
                                MemberArray.npy("samples_yx", NpyType.INT16, shape.samples(), 2),
                                MemberArray.npy("samples_labels", NpyType.UINT8, shape.samples()),
                                MemberArray.npy("samples_ab", NpyType.FLOAT16, shape.samples(), 2)))
                .toList();
    }

    @Override
    public Writer writer(SampleShape shape) {
        return new Samples(shape);
    }

    private static final class Samples implements Writer {
        private final SampleShape shape;
        private final short[] places;
        private final byte[] labels;
        private final float[] colours;

        Samples(SampleShape shape) {
            this.shape = shape;
            places = new short[2 * shape.samples()];
            labels = new byte[shape.samples()];
            colours = new float[2 * shape.samples()];
        }

        @Override
        public void add(SampledFrame frame, SampleBuffers sample) {
            var pixels = frame.pixels();
            var width = shape.grid().width();
            for (int i = 0; i < pixels.length; i++) {
                places[2 * i] = (short) (pixels[i] / width);
                places[2 * i + 1] = (short) (pixels[i] % width);
                labels[i] = shape.clusters() == 0 ? 0 : frame.clustering().labels()[pixels[i]];
            }
            if (shape.features() > 0) {
                sample.addHalves(
                        "samples.npy", into -> frame.gatherHalves(pixels, into), pixels.length, shape.features());
            }
            sample.addShorts("samples_yx.npy", places, pixels.length, 2);
            if (shape.clusters() > 0) {
                sample.addBytes("samples_labels.npy", labels, pixels.length);
            }
            frame.ab().ifPresent(ab -> {
                SampledColours.pick(ab, pixels, colours);
                sample.addHalves("samples_ab.npy", FloatBuffer.wrap(colours), pixels.length, 2);
            });
        }
    }
}

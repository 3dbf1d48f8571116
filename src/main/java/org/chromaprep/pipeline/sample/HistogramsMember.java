package org.chromaprep.pipeline.sample;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import org.chromaprep.npy.NpyType;

/** {@code samples_hue_chroma.npy}: histograms of hue and chroma around sampled pixels. */
final class HistogramsMember implements SampleMember {
    @Override
    public String optionName() {
        return "histograms";
    }

    @Override
    public String description() {
        return "histograms of hue and of chroma around sampled pixels";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.COLOUR, Need.SAMPLES);
    }

    @Override
    public List<MemberArray> arrays(SampleShape shape) {
        return List.of(MemberArray.npy("samples_hue_chroma", NpyType.FLOAT16, shape.samples(), 2, HueChroma.BINS));
    }

    @Override
    public Writer writer(SampleShape shape) {
        var histograms = new float[2 * HueChroma.BINS * shape.samples()];
        return (frame, sample) -> frame.ab().ifPresent(ab -> {
            var pixels = frame.pixels();
            for (int i = 0; i < pixels.length; i++) {
                HueChroma.around(pixels[i], shape.grid(), frame.picture(), ab, histograms, 2 * HueChroma.BINS * i);
            }
            sample.addHalves("samples_hue_chroma.npy", FloatBuffer.wrap(histograms), pixels.length, 2, HueChroma.BINS);
        });
    }
}

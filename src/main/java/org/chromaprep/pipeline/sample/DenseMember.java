package org.chromaprep.pipeline.sample;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.chromaprep.npy.NpyType;

/** {@code hypercolumns.npy}: every grid pixel's hypercolumn. */
final class DenseMember implements SampleMember {
    @Override
    public String optionName() {
        return "dense";
    }

    @Override
    public String description() {
        return "every grid pixel's hypercolumn";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.FEATURES);
    }

    @Override
    public List<MemberArray> arrays(SampleShape shape) {
        return List.of(MemberArray.npy(
                "hypercolumns",
                NpyType.FLOAT16,
                shape.grid().height(),
                shape.grid().width(),
                shape.features()));
    }

    @Override
    public Writer writer(SampleShape shape) {
        var pixels = IntStream.range(0, shape.grid().pixels()).toArray();
        return (frame, sample) -> sample.addHalves(
                "hypercolumns.npy",
                into -> frame.gatherHalves(pixels, into),
                shape.grid().height(),
                shape.grid().width(),
                shape.features());
    }
}

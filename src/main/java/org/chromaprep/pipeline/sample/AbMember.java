package org.chromaprep.pipeline.sample;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import org.chromaprep.npy.NpyType;

/** {@code ab.npy}: a*, b* of every grid pixel. */
final class AbMember implements SampleMember {
    @Override
    public String optionName() {
        return "ab";
    }

    @Override
    public String description() {
        return "every grid pixel's a*, b* of CIE Lab (D65)";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.COLOUR);
    }

    @Override
    public List<MemberArray> arrays(SampleShape shape) {
        return List.of(MemberArray.npy(
                "ab", NpyType.FLOAT16, shape.grid().height(), shape.grid().width(), 2));
    }

    @Override
    public Writer writer(SampleShape shape) {
        return (frame, sample) -> frame.ab()
                .ifPresent(ab -> sample.addHalves(
                        "ab.npy",
                        FloatBuffer.wrap(ab),
                        shape.grid().height(),
                        shape.grid().width(),
                        2));
    }
}

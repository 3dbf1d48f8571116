package org.chromaprep.pipeline.sample;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import org.chromaprep.npy.NpyType;
import org.chromaprep.output.shard.SampleBuffers;

/** {@code lab.npy}: L*, a*, b* of every grid pixel. */
final class LabMember implements SampleMember {
    private static final int AXES = 3;

    @Override
    public String optionName() {
        return "lab";
    }

    @Override
    public String description() {
        return "every grid pixel's L* (0 to 100), a*, b* of CIE Lab (D65)";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.COLOUR);
    }

    @Override
    public List<MemberArray> arrays(SampleShape shape) {
        return List.of(MemberArray.npy(
                "lab", NpyType.FLOAT16, shape.grid().height(), shape.grid().width(), AXES));
    }

    @Override
    public Writer writer(SampleShape shape) {
        var lab = new float[AXES * shape.grid().pixels()];
        return (frame, sample) -> frame.colours().ifPresent(colours -> add(colours, lab, shape, sample));
    }

    private static void add(GridColours colours, float[] lab, SampleShape shape, SampleBuffers sample) {
        for (var pixel = 0; pixel < shape.grid().pixels(); pixel++) {
            lab[AXES * pixel] = colours.lightness()[pixel];
            lab[AXES * pixel + 1] = colours.ab()[2 * pixel];
            lab[AXES * pixel + 2] = colours.ab()[2 * pixel + 1];
        }
        sample.addHalves(
                "lab.npy",
                FloatBuffer.wrap(lab),
                shape.grid().height(),
                shape.grid().width(),
                AXES);
    }
}

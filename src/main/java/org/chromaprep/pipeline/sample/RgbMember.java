package org.chromaprep.pipeline.sample;

import java.util.List;
import java.util.Set;

/** {@code rgb.png}: the coloured picture on the grid. */
final class RgbMember implements SampleMember {
    private static final int CHANNELS = 3;

    @Override
    public String optionName() {
        return "rgb";
    }

    @Override
    public String description() {
        return "the coloured picture on the grid, the film's own red, green and blue";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.COLOUR);
    }

    @Override
    public List<MemberArray> arrays(SampleShape shape) {
        return List.of(
                MemberArray.png("rgb", shape.grid().height(), shape.grid().width(), CHANNELS));
    }

    @Override
    public Writer writer(SampleShape shape) {
        return (frame, sample) -> frame.colours()
                .ifPresent(colours -> sample.addPng(
                        "rgb.png",
                        colours.rgb(),
                        shape.grid().height(),
                        shape.grid().width(),
                        CHANNELS));
    }
}

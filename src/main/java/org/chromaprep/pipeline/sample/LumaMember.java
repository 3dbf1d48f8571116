package org.chromaprep.pipeline.sample;

import java.util.List;
import java.util.Set;

/** {@code luma.png}: the grey picture on the grid. */
final class LumaMember implements SampleMember {
    @Override
    public String optionName() {
        return "luma";
    }

    @Override
    public String description() {
        return "the grey picture on the grid, 0..255";
    }

    @Override
    public Set<Need> needs() {
        return Set.of();
    }

    @Override
    public List<MemberArray> arrays(SampleShape shape) {
        return List.of(
                MemberArray.png("luma", shape.grid().height(), shape.grid().width()));
    }

    @Override
    public Writer writer(SampleShape shape) {
        return (frame, sample) -> sample.addPng(
                "luma.png", frame.luma(), shape.grid().height(), shape.grid().width());
    }
}

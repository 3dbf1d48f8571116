package org.chromaprep.pipeline.sample;

import java.util.List;
import java.util.Set;

/** {@code labels.png}: each pixel's cluster. */
final class LabelsMember implements SampleMember {
    @Override
    public String optionName() {
        return "labels";
    }

    @Override
    public String description() {
        return "each grid pixel's cluster, from 0";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.CLUSTERS);
    }

    @Override
    public List<MemberArray> arrays(SampleShape shape) {
        return List.of(
                MemberArray.png("labels", shape.grid().height(), shape.grid().width()));
    }

    @Override
    public Writer writer(SampleShape shape) {
        return (frame, sample) -> sample.addPng(
                "labels.png",
                frame.clustering().labels(),
                shape.grid().height(),
                shape.grid().width());
    }
}

package org.chromaprep.pipeline.sample;

import java.util.List;
import java.util.Set;
import org.chromaprep.npy.NpyType;

/** {@code centroids.npy}: the clusters' mean hypercolumns, in the layers' own features also where samples are projected. */
final class CentroidsMember implements SampleMember {
    @Override
    public String optionName() {
        return "centroids";
    }

    @Override
    public String description() {
        return "the clusters' mean hypercolumns";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.CLUSTERS);
    }

    @Override
    public List<MemberArray> arrays(SampleShape shape) {
        return List.of(MemberArray.npy(
                "centroids", NpyType.FLOAT32, shape.clusters(), shape.plan().features()));
    }

    @Override
    public Writer writer(SampleShape shape) {
        return (frame, sample) -> sample.addFloats(
                "centroids.npy",
                frame.clustering().centroids(),
                shape.clusters(),
                shape.plan().features());
    }
}

package org.chromaprep.pipeline.sample;

import java.util.List;
import java.util.Set;
import org.chromaprep.npy.NpyType;

/** {@code conv1_2.npy} and so on: every chosen layer's feature map at its native resolution. */
final class MapsMember implements SampleMember {
    @Override
    public String optionName() {
        return "maps";
    }

    @Override
    public String description() {
        return "every chosen layer's feature map at its native resolution";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.FEATURES);
    }

    @Override
    public List<MemberArray> arrays(SampleShape shape) {
        return shape.plan().layers().stream()
                .map(layer -> MemberArray.npy(
                        layer.layerName(),
                        NpyType.FLOAT16,
                        layer.mapSize(shape.plan().height()),
                        layer.mapSize(shape.plan().width()),
                        layer.channels()))
                .toList();
    }

    @Override
    public Writer writer(SampleShape shape) {
        return (frame, sample) -> {
            for (var layer : shape.plan().layers()) {
                sample.addHalves(
                        layer.layerName() + ".npy",
                        into -> frame.mapHalves(layer, into),
                        layer.mapSize(shape.plan().height()),
                        layer.mapSize(shape.plan().width()),
                        layer.channels());
            }
        };
    }
}

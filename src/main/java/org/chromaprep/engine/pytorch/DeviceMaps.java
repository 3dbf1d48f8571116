package org.chromaprep.engine.pytorch;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * One frame's maps on a device in one buffer, in single precision, and the views of it that products are made of. Whoever
 * made it closes it.
 */
final class DeviceMaps implements AutoCloseable {
    /**
     * The views of one map.
     *
     * @param volume height x width x channels
     * @param positions (height * width) x channels
     * @param transposed channels x (height * width)
     * @param rows height x (width * channels)
     */
    record Views(Tensor volume, Tensor positions, Tensor transposed, Tensor rows) {}

    private final PointerScope tensors;
    private final MapLayout layout;
    private final Tensor numbers;
    private final List<Views> views;

    DeviceMaps(Placement placement, MapLayout layout) {
        this.layout = layout;
        try (var scope = new PointerScope()) {
            numbers = placement.zeros(ScalarType.Float, layout.numbers());
            views = layout.layers().stream().map(this::views).toList();
            tensors = scope.extend();
        }
    }

    private Views views(MapLayout.Layer layer) {
        var flat = numbers.narrow(0, layer.offset(), layer.numbers());
        var positions = flat.view((long) layer.height() * layer.width(), layer.channels());
        return new Views(
                flat.view(layer.height(), layer.width(), layer.channels()),
                positions,
                positions.t(),
                flat.view(layer.height(), (long) layer.width() * layer.channels()));
    }

    MapLayout layout() {
        return layout;
    }

    /** All maps one after another. */
    Tensor numbers() {
        return numbers;
    }

    Views of(MapLayout.Layer layer) {
        return views.get(layer.place());
    }

    @Override
    public void close() {
        tensors.close();
    }
}

package org.chromaprep.engine.pytorch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * All maps of a frame in half precision, rounded as {@link DeviceSamples} does it, in one piece of memory with the numbers of
 * each layer that were too large in front.
 *
 * <p>A fixed sequence of operations on tensors that are made once. Used by one thread at a time, within {@link
 * DeviceStream#run}. Whoever made it closes it.
 */
final class DeviceHalves implements AutoCloseable {
    private static final long ALIGNMENT = 64;
    private static final ScalarTypeOptional OWN = new ScalarTypeOptional();

    /** One layer's marks of what is too large, and their sums over channels, columns and rows. */
    private record Part(Tensor marks, Tensor positions, Tensor rows, Tensor exactRows, Tensor sum) {}

    private final PointerScope tensors;
    private final MapLayout layout;
    private final List<Part> parts = new ArrayList<>();
    private final Tensor scratch;
    private final Tensor memory;
    private final Tensor halves;
    private final Tensor limit;
    private final ScalarOptional least;
    private final ScalarOptional most;

    DeviceHalves(Placement placement, MapLayout layout) {
        this.layout = layout;
        try (var scope = new PointerScope()) {
            scratch = placement.zeros(ScalarType.Float, layout.numbers());
            memory = placement.zeros(ScalarType.Byte, mapsAt(layout) + layout.numbers() * Short.BYTES);
            halves = memory.narrow(0, mapsAt(layout), layout.numbers() * Short.BYTES)
                    .view(ScalarType.Half);
            limit = placement.number(ScalarType.Float, DeviceSamples.LARGEST_NOT_SATURATED);
            least = new ScalarOptional(new Scalar(-DeviceSamples.LARGEST_NOT_SATURATED));
            most = new ScalarOptional(new Scalar(DeviceSamples.LARGEST_NOT_SATURATED));
            for (var layer : layout.layers()) {
                parts.add(new Part(
                        scratch.narrow(0, layer.offset(), layer.numbers())
                                .view(layer.height(), layer.width(), layer.channels()),
                        placement.zeros(ScalarType.Float, layer.height(), layer.width()),
                        placement.zeros(ScalarType.Float, layer.height()),
                        placement.zeros(ScalarType.Double, layer.height()),
                        memory.narrow(0, (long) layer.place() * Double.BYTES, Double.BYTES)
                                .view(ScalarType.Double)));
            }
            tensors = scope.extend();
        }
    }

    private static long mapsAt(MapLayout layout) {
        return (layout.layers().size() * Double.BYTES + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** Where the halves begin in the memory, in bytes. */
    long mapsAt() {
        return mapsAt(layout);
    }

    /** The memory: for each layer, in double precision, how many numbers were too large; then all halves. */
    Tensor memory() {
        return memory;
    }

    /** Rounds a frame's maps. */
    void round(DeviceMaps maps) {
        torch.abs_out(scratch, maps.numbers());
        torch.gt_out(scratch, scratch, limit);
        for (var part : parts) {
            torch.sum_out(part.positions, part.marks, new long[] {2}, false, OWN);
            torch.sum_out(part.rows, part.positions, new long[] {1}, false, OWN);
            part.exactRows.copy_(part.rows);
            torch.sum_out(part.sum, part.exactRows, new long[] {0}, true, OWN);
        }
        torch.clamp_out(scratch, maps.numbers(), least, most);
        halves.copy_(scratch);
    }

    @Override
    public void close() {
        tensors.close();
    }
}

package org.chromaprep.engine.pytorch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The sum of all numbers' squares of the hypercolumn matrix. For a map M and its enlargement U that is the sum of the
 * element-wise product of M and U'U M; U'U is separable and joins neighbours only. Features are added in single precision,
 * positions in double.
 *
 * <p>A fixed sequence of operations on tensors that are made once. Used by one thread at a time, within {@link
 * DeviceStream#run}. Whoever made it closes it.
 */
final class DeviceSquares implements AutoCloseable {
    private static final int WIDTH = 256;
    private static final ScalarTypeOptional OWN = new ScalarTypeOptional();

    /** Scratch memory in the shapes of one layer, and its part of the positions' sums. */
    private record Step(
            MapLayout.Layer layer,
            boolean identity,
            Tensor columnOverlaps,
            Tensor rowOverlaps,
            Tensor volume,
            Tensor rows,
            Tensor otherRows,
            Tensor otherVolume,
            Tensor positions,
            Tensor sums) {}

    private final PointerScope tensors;
    private final List<Step> steps = new ArrayList<>();
    private final Tensor positionSums;
    private final Tensor exactPositionSums;
    private final Tensor columns;
    private final Tensor lines;
    private final Tensor sum;

    /** @param constants not closed here */
    DeviceSquares(Placement placement, DeviceGrid constants) {
        var layout = constants.layout();
        var most = layout.layers().stream()
                .mapToLong(MapLayout.Layer::numbers)
                .max()
                .orElseThrow();
        var positions = layout.layers().stream()
                .mapToLong(layer -> (long) layer.height() * layer.width())
                .sum();
        try (var scope = new PointerScope()) {
            var one = placement.zeros(ScalarType.Float, most);
            var other = placement.zeros(ScalarType.Float, most);
            var length = (positions + WIDTH - 1) / WIDTH;
            positionSums = placement.zeros(ScalarType.Float, length * WIDTH);
            exactPositionSums = placement.zeros(ScalarType.Double, length * WIDTH);
            columns = exactPositionSums.view(length, WIDTH);
            lines = placement.zeros(ScalarType.Double, WIDTH);
            sum = placement.zeros(ScalarType.Double, 1);
            var first = 0L;
            for (var size : layout.sizes()) {
                for (var layer : size.layers()) {
                    steps.add(step(constants.of(size), layer, one, other, first));
                    first += size.positions();
                }
            }
            tensors = scope.extend();
        }
    }

    private Step step(DeviceGrid.Constants constants, MapLayout.Layer layer, Tensor one, Tensor other, long first) {
        var height = layer.height();
        var width = layer.width();
        var channels = layer.channels();
        var own = one.narrow(0, 0, layer.numbers());
        var others = other.narrow(0, 0, layer.numbers());
        var matrices = constants.enlargement();
        return new Step(
                layer,
                matrices.isEmpty(),
                matrices.map(each -> each.columnOverlaps().expand(height, width, width))
                        .orElse(own),
                matrices.map(DeviceGrid.Enlargement::rowOverlaps).orElse(own),
                own.view(height, width, channels),
                own.view(height, (long) width * channels),
                others.view(height, (long) width * channels),
                others.view(height, width, channels),
                own.view((long) height * width, channels),
                positionSums.narrow(0, first, (long) height * width));
    }

    /** The sum, one number in double precision. */
    Tensor sum() {
        return sum;
    }

    /** Computes the sum. */
    void compute(DeviceMaps maps) {
        for (var step : steps) {
            var map = maps.of(step.layer).volume();
            if (step.identity) {
                torch.mul_out(step.volume, map, map);
            } else {
                torch.bmm_out(step.volume, step.columnOverlaps, map);
                torch.mm_out(step.otherRows, step.rowOverlaps, step.rows);
                torch.mul_out(step.volume, step.otherVolume, map);
            }
            torch.sum_out(step.sums, step.positions, new long[] {1}, false, OWN);
        }
        exactPositionSums.copy_(positionSums);
        torch.sum_out(lines, columns, new long[] {0}, false, OWN);
        torch.sum_out(sum, lines, new long[] {0}, true, OWN);
    }

    @Override
    public void close() {
        tensors.close();
    }
}

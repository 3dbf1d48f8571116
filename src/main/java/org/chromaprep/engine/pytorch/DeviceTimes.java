package org.chromaprep.engine.pytorch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * X V for a fixed number of columns, of {@link #directions} into {@link #planes}: each map is multiplied by its part of V, the
 * few planes of each native size are enlarged along the columns, and all of them along the rows by one product that also adds
 * them.
 *
 * <p>A fixed sequence of operations on tensors that are made once, which allocates nothing. Used by one thread at a time,
 * within {@link DeviceStream#run}. Whoever made it closes it.
 */
final class DeviceTimes implements AutoCloseable {
    /** The planes of one native size, and what they are enlarged by and to. */
    private record Step(MapLayout.Size size, Tensor flat, Tensor planes, Tensor columns, Tensor wide) {}

    private final PointerScope tensors;
    private final MapLayout layout;
    private final int columns;
    private final List<Step> steps = new ArrayList<>();
    private final List<Tensor> parts = new ArrayList<>();
    private final Tensor directions;
    private final Tensor flatPlanes;
    private final Tensor planes;
    private final Tensor stack;
    private final Tensor rows;

    /**
     * @param constants not closed here
     * @param columns at least 1
     */
    DeviceTimes(Placement placement, DeviceGrid constants, int columns) {
        this.layout = constants.layout();
        this.columns = columns;
        var grid = layout.grid();
        var stacked = layout.stackedRows();
        try (var scope = new PointerScope()) {
            directions = placement.zeros(ScalarType.Float, columns, layout.features());
            flatPlanes = placement.zeros(ScalarType.Float, columns, grid.pixels());
            planes = flatPlanes.view(columns, grid.height(), grid.width());
            stack = placement.zeros(ScalarType.Float, columns, stacked, grid.width());
            rows = constants.rows().expand(columns, grid.height(), stacked);
            for (var layer : layout.layers()) {
                parts.add(directions.narrow(1, layer.firstFeature(), layer.channels()));
            }
            for (var size : layout.sizes()) {
                steps.add(
                        size.identity()
                                ? new Step(size, flatPlanes, planes, planes, planes)
                                : step(placement, constants, size));
            }
            tensors = scope.extend();
        }
    }

    private Step step(Placement placement, DeviceGrid constants, MapLayout.Size size) {
        var flat = placement.zeros(ScalarType.Float, columns, size.positions());
        return new Step(
                size,
                flat,
                flat.view(columns, size.height(), size.width()),
                constants
                        .of(size)
                        .enlargement()
                        .orElseThrow()
                        .columnsTransposed()
                        .expand(columns, size.width(), layout.grid().width()),
                stack.narrow(1, size.firstRow(), size.height()));
    }

    /** How many columns V has. */
    int columns() {
        return columns;
    }

    /** V, as columns x features in single precision; to be written before {@link #compute}. */
    Tensor directions() {
        return directions;
    }

    /** X V, as columns x pixels in single precision. */
    Tensor planes() {
        return flatPlanes;
    }

    /** Computes the planes. */
    void compute(DeviceMaps maps) {
        for (var i = 0; i < steps.size(); i++) {
            multiply(steps.get(i), maps);
        }
        if (layout.stackedRows() == 0) {
            return;
        }
        for (var i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            if (!step.size.identity()) {
                torch.bmm_out(step.wide, step.planes, step.columns);
            }
        }
        if (layout.hasIdentity()) {
            torch.baddbmm_out(planes, planes, rows, stack);
        } else {
            torch.bmm_out(planes, rows, stack);
        }
    }

    private void multiply(Step step, DeviceMaps maps) {
        var layers = step.size.layers();
        for (var i = 0; i < layers.size(); i++) {
            var part = parts.get(layers.get(i).place());
            var map = maps.of(layers.get(i)).transposed();
            if (i == 0) {
                torch.mm_out(step.flat, part, map);
            } else {
                torch.addmm_out(step.flat, step.flat, part, map);
            }
        }
    }

    @Override
    public void close() {
        tensors.close();
    }
}

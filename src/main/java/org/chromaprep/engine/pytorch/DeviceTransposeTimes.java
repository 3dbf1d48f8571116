package org.chromaprep.engine.pytorch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * X'W for a fixed number of columns, of {@link #weights} into {@link #sums}: planes are shrunk along the rows to all native
 * sizes by one product, then along the columns, and multiplied by each row of each map. A row of a map is added up in single
 * precision, the rows in double.
 *
 * <p>A fixed sequence of operations on tensors that are made once, which allocates nothing. Used by one thread at a time,
 * within {@link DeviceStream#run}. Whoever made it closes it.
 */
final class DeviceTransposeTimes implements AutoCloseable {
    private static final ScalarTypeOptional OWN = new ScalarTypeOptional();

    /**
     * One native size.
     *
     * @param wide columns x height x grid width: the planes, shrunk along the rows
     * @param columns the matrix that shrinks them along the columns
     * @param shrunk columns x height x width, in the memory of {@code shrunkRows}
     * @param shrunkRows height x columns x width
     */
    private record Step(MapLayout.Size size, Tensor wide, Tensor columns, Tensor shrunk, Tensor shrunkRows) {}

    /** A layer's part of the sums of each row, and of those of the first column. */
    private record Part(Tensor sums, Tensor firstSums) {}

    private final PointerScope tensors;
    private final DeviceGrid constants;
    private final MapLayout layout;
    private final int columns;
    private final List<Step> steps = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final Tensor weights;
    private final Tensor stack;
    private final Tensor rows;
    private final Tensor rowSums;
    private final Tensor exactRowSums;
    private final Tensor sums;

    /**
     * @param constants not closed here
     * @param columns at least 1
     */
    DeviceTransposeTimes(Placement placement, DeviceGrid constants, int columns) {
        this.constants = constants;
        this.layout = constants.layout();
        this.columns = columns;
        var grid = layout.grid();
        var stacked = layout.stackedRows();
        try (var scope = new PointerScope()) {
            weights = placement.zeros(ScalarType.Float, columns, grid.height(), grid.width());
            stack = placement.zeros(ScalarType.Float, columns, stacked, grid.width());
            rows = constants.rowsTransposed().expand(columns, stacked, grid.height());
            // What lies below a lower map's last row stays 0.
            rowSums = placement.zeros(ScalarType.Float, layout.mostRows(), columns, layout.features());
            exactRowSums = placement.zeros(ScalarType.Double, layout.mostRows(), columns, layout.features());
            sums = placement.zeros(ScalarType.Double, columns, layout.features());
            for (var layer : layout.layers()) {
                var own = rowSums.narrow(0, 0, layer.height()).narrow(2, layer.firstFeature(), layer.channels());
                parts.add(new Part(own, own.narrow(1, 0, 1)));
            }
            for (var size : layout.sizes()) {
                steps.add(
                        size.identity()
                                ? new Step(size, weights, weights, weights, weights.permute(1, 0, 2))
                                : step(placement, size));
            }
            tensors = scope.extend();
        }
    }

    private Step step(Placement placement, MapLayout.Size size) {
        // Row after row, so that a product for each row of a map reads it without a copy.
        var shrunkRows = placement.zeros(ScalarType.Float, size.height(), columns, size.width());
        return new Step(
                size,
                stack.narrow(1, size.firstRow(), size.height()),
                constants
                        .of(size)
                        .enlargement()
                        .orElseThrow()
                        .columns()
                        .expand(columns, layout.grid().width(), size.width()),
                shrunkRows.permute(1, 0, 2),
                shrunkRows);
    }

    /** How many columns W has. */
    int columns() {
        return columns;
    }

    /** W, as columns x height x width in single precision; to be written before {@link #compute}. */
    Tensor weights() {
        return weights;
    }

    /** X'W, as columns x features in double precision. */
    Tensor sums() {
        return sums;
    }

    /** Computes the sums. */
    void compute(DeviceMaps maps) {
        if (layout.stackedRows() > 0) {
            torch.bmm_out(stack, rows, weights);
        }
        for (var i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            if (!step.size.identity()) {
                torch.bmm_out(step.shrunk, step.wide, step.columns);
            }
            for (var j = 0; j < step.size.layers().size(); j++) {
                var layer = step.size.layers().get(j);
                torch.bmm_out(
                        parts.get(layer.place()).sums,
                        step.shrunkRows,
                        maps.of(layer).volume());
            }
        }
        addRows();
    }

    /** Computes the sums of all features over all pixels as the first column of the sums; the others mean nothing then. */
    void totals(DeviceMaps maps) {
        for (var size : layout.sizes()) {
            for (var layer : size.layers()) {
                torch.bmm_out(
                        parts.get(layer.place()).firstSums,
                        constants.of(size).totals(),
                        maps.of(layer).volume());
            }
        }
        addRows();
    }

    private void addRows() {
        exactRowSums.copy_(rowSums);
        torch.sum_out(sums, exactRowSums, new long[] {0}, false, OWN);
    }

    @Override
    public void close() {
        tensors.close();
    }
}

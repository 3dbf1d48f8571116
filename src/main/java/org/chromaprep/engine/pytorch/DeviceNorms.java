package org.chromaprep.engine.pytorch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Each grid pixel's squared norm, from the inner products of neighbouring native positions: with itself, its right and lower
 * neighbours and the two diagonals. Features are added in single precision, everything else is in double.
 *
 * <p>A fixed sequence of operations on tensors that are made once. Used by one thread at a time, within {@link
 * DeviceStream#run}. Whoever made it closes it.
 */
final class DeviceNorms implements AutoCloseable {
    private static final ScalarTypeOptional OWN = new ScalarTypeOptional();

    /** How far a position's partner lies below and to the right of it. */
    private enum Neighbour {
        SELF(0, 0),
        RIGHT(0, 1),
        BELOW(1, 0),
        DIAGONAL(1, 1),
        ANTIDIAGONAL(1, -1);

        private final int down;
        private final int right;

        Neighbour(int down, int right) {
            this.down = down;
            this.right = right;
        }
    }

    /** The sums over features of the products of all positions of a size that have such a partner. */
    private record Plane(Neighbour neighbour, Tensor single, Tensor exact, Tensor more) {}

    private record Step(MapLayout.Size size, List<Plane> planes, Tensor same, Tensor next) {
        Tensor plane(Neighbour neighbour) {
            return planes.get(neighbour.ordinal()).exact;
        }
    }

    private final PointerScope tensors;
    private final DeviceGrid constants;
    private final List<Step> steps = new ArrayList<>();
    private final Tensor scratch;
    private final Tensor norms;

    /** @param constants not closed here */
    DeviceNorms(Placement placement, DeviceGrid constants) {
        this.constants = constants;
        var layout = constants.layout();
        var grid = layout.grid();
        try (var scope = new PointerScope()) {
            scratch = placement.zeros(
                    ScalarType.Float,
                    layout.layers().stream()
                            .mapToLong(MapLayout.Layer::numbers)
                            .max()
                            .orElseThrow());
            norms = placement.zeros(ScalarType.Double, grid.height(), grid.width());
            for (var size : layout.sizes()) {
                var planes = new ArrayList<Plane>();
                for (var neighbour : Neighbour.values()) {
                    var height = size.height() - neighbour.down;
                    var width = size.width() - Math.abs(neighbour.right);
                    planes.add(new Plane(
                            neighbour,
                            placement.zeros(ScalarType.Float, height, width),
                            placement.zeros(ScalarType.Double, height, width),
                            placement.zeros(ScalarType.Double, height, width)));
                }
                steps.add(new Step(
                        size,
                        planes,
                        placement.zeros(ScalarType.Double, size.height(), grid.width()),
                        placement.zeros(ScalarType.Double, size.height() - 1L, grid.width())));
            }
            tensors = scope.extend();
        }
    }

    /** The norms, as grid height x grid width in double precision. */
    Tensor norms() {
        return norms;
    }

    /** Computes the norms. */
    void compute(DeviceMaps maps) {
        norms.zero_();
        for (var step : steps) {
            if (step.size.identity()) {
                multiply(step, Neighbour.SELF, maps);
                norms.add_(step.plane(Neighbour.SELF));
            } else {
                enlarge(step, maps);
            }
        }
    }

    private void enlarge(Step step, DeviceMaps maps) {
        var matrices = constants.of(step.size).enlargement().orElseThrow();
        multiply(step, Neighbour.SELF, maps);
        torch.mm_out(step.same, step.plane(Neighbour.SELF), matrices.columnSquares());
        if (step.size.width() > 1) {
            multiply(step, Neighbour.RIGHT, maps);
            torch.addmm_out(step.same, step.same, step.plane(Neighbour.RIGHT), matrices.columnProducts());
        }
        torch.addmm_out(norms, norms, matrices.rowSquares(), step.same);
        if (step.size.height() > 1) {
            multiply(step, Neighbour.BELOW, maps);
            torch.mm_out(step.next, step.plane(Neighbour.BELOW), matrices.columnSquares());
            if (step.size.width() > 1) {
                multiply(step, Neighbour.DIAGONAL, maps);
                multiply(step, Neighbour.ANTIDIAGONAL, maps);
                torch.addmm_out(step.next, step.next, step.plane(Neighbour.DIAGONAL), matrices.diagonals());
                torch.addmm_out(step.next, step.next, step.plane(Neighbour.ANTIDIAGONAL), matrices.diagonals());
            }
            torch.addmm_out(norms, norms, matrices.rowProducts(), step.next);
        }
    }

    private void multiply(Step step, Neighbour neighbour, DeviceMaps maps) {
        var plane = step.planes.get(neighbour.ordinal());
        var layers = step.size.layers();
        var height = step.size.height() - neighbour.down;
        var width = step.size.width() - Math.abs(neighbour.right);
        for (var i = 0; i < layers.size(); i++) {
            var map = maps.of(layers.get(i)).volume();
            var one = map.narrow(0, 0, height).narrow(1, Math.max(0, -neighbour.right), width);
            var other = map.narrow(0, neighbour.down, height).narrow(1, Math.max(0, neighbour.right), width);
            var channels = layers.get(i).channels();
            var products =
                    scratch.narrow(0, 0, (long) height * width * channels).view(height, width, channels);
            torch.mul_out(products, one, other);
            torch.sum_out(plane.single, products, new long[] {2}, false, OWN);
            if (i == 0) {
                plane.exact.copy_(plane.single);
            } else {
                plane.more.copy_(plane.single);
                plane.exact.add_(plane.more);
            }
        }
    }

    @Override
    public void close() {
        tensors.close();
    }
}

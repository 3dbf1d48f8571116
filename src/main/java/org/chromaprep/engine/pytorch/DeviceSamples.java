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
 * Hypercolumns of a fixed number of pixels, as they are and rounded to half precision: four neighbours of each native map.
 * Rounding is that of {@link org.chromaprep.npy.Float16}: to nearest, ties to even; what would overflow becomes the largest
 * half and is counted.
 *
 * <p>A fixed sequence of operations on tensors that are made once. Used by one thread at a time, within {@link
 * DeviceStream#run}. Whoever made it closes it.
 */
final class DeviceSamples implements AutoCloseable {
    /** The float before 65520, the first that rounds beyond the largest half. */
    static final float LARGEST_NOT_SATURATED = Float.intBitsToFloat(0x477fefff);

    private static final ScalarTypeOptional OWN = new ScalarTypeOptional();

    /** One native size: the chosen pixels' neighbours and their shares. */
    private record Step(
            MapLayout.Size size,
            Tensor allNeighbours,
            Tensor allShares,
            Tensor neighbours,
            Tensor flatNeighbours,
            Tensor shares,
            Tensor sharesOfAll) {}

    /** One layer: its neighbours' features, and the place of their mixture. */
    private record Part(Tensor flat, Tensor four, Tensor rows) {}

    private final PointerScope tensors;
    private final MapLayout layout;
    private final List<Step> steps = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final Tensor pixels;
    private final Tensor rows;
    private final Tensor scratch;
    private final Tensor limit;
    private final ScalarOptional least;
    private final ScalarOptional most;

    /**
     * @param constants not closed here
     * @param count pixels, at least 1
     */
    DeviceSamples(Placement placement, DeviceGrid constants, int count) {
        this.layout = constants.layout();
        var widest = layout.layers().stream()
                .mapToInt(MapLayout.Layer::channels)
                .max()
                .orElseThrow();
        try (var scope = new PointerScope()) {
            pixels = placement.zeros(ScalarType.Int, count);
            rows = placement.zeros(ScalarType.Float, count, layout.features());
            scratch = placement.zeros(ScalarType.Float, count, layout.features());
            limit = placement.number(ScalarType.Float, LARGEST_NOT_SATURATED);
            least = new ScalarOptional(new Scalar(-LARGEST_NOT_SATURATED));
            most = new ScalarOptional(new Scalar(LARGEST_NOT_SATURATED));
            for (var size : layout.sizes()) {
                var each = constants.of(size);
                var neighbours = placement.zeros(ScalarType.Int, count, DeviceGrid.NEIGHBOURS);
                var shares = placement.zeros(ScalarType.Float, count, DeviceGrid.NEIGHBOURS);
                steps.add(new Step(
                        size,
                        each.neighbours(),
                        each.shares(),
                        neighbours,
                        neighbours.view(-1),
                        shares,
                        shares.unsqueeze(2)));
            }
            var four = placement.zeros(ScalarType.Float, (long) count * DeviceGrid.NEIGHBOURS * widest);
            for (var layer : layout.layers()) {
                var own = four.narrow(0, 0, (long) count * DeviceGrid.NEIGHBOURS * layer.channels());
                parts.add(new Part(
                        own.view((long) count * DeviceGrid.NEIGHBOURS, layer.channels()),
                        own.view(count, DeviceGrid.NEIGHBOURS, layer.channels()),
                        rows.narrow(1, layer.firstFeature(), layer.channels())));
            }
            tensors = scope.extend();
        }
    }

    /** The pixels' numbers, whole numbers of 32 bits; to be written before {@link #gather}. */
    Tensor pixels() {
        return pixels;
    }

    /** The hypercolumns, as pixels x features in single precision. */
    Tensor rows() {
        return rows;
    }

    /** Computes the hypercolumns. */
    void gather(DeviceMaps maps) {
        for (var step : steps) {
            torch.index_select_out(step.neighbours, step.allNeighbours, 0, pixels);
            torch.index_select_out(step.shares, step.allShares, 0, pixels);
            for (var layer : step.size.layers()) {
                var part = parts.get(layer.place());
                torch.index_select_out(part.flat, maps.of(layer).positions(), 0, step.flatNeighbours);
                torch.mul_out(part.four, part.four, step.sharesOfAll);
                torch.sum_out(part.rows, part.four, new long[] {1}, false, OWN);
            }
        }
    }

    /**
     * Rounds the hypercolumns that {@link #gather} computed.
     *
     * @param halves receives them, as pixels x features
     * @param saturated receives for each pixel how many numbers were too large, in single precision
     */
    void round(Tensor halves, Tensor saturated) {
        torch.abs_out(scratch, rows);
        torch.gt_out(scratch, scratch, limit);
        torch.sum_out(saturated, scratch, new long[] {1}, false, OWN);
        torch.clamp_out(scratch, rows, least, most);
        halves.copy_(scratch);
    }

    @Override
    public void close() {
        tensors.close();
    }
}

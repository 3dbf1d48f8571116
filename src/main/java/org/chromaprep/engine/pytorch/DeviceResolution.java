package org.chromaprep.engine.pytorch;

import java.util.List;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * All maps of one native size on a device, which share one enlargement. Its methods are called within {@link
 * DeviceStream#run}. Whoever made it closes it; the maps are not closed with it.
 */
final class DeviceResolution implements AutoCloseable {
    /** A map, height x width x channels in single precision, and the place of its first feature in the hypercolumn. */
    record Layer(Tensor map, int channels, int firstFeature) {}

    private final List<Layer> layers;
    private final DeviceAxis rows;
    private final DeviceAxis columns;

    /**
     * @param layers at least one, all of one size
     * @param rows closed with this object
     * @param columns closed with this object
     */
    DeviceResolution(List<Layer> layers, DeviceAxis rows, DeviceAxis columns) {
        this.layers = layers;
        this.rows = rows;
        this.columns = columns;
    }

    List<Layer> layers() {
        return layers;
    }

    DeviceAxis rows() {
        return rows;
    }

    DeviceAxis columns() {
        return columns;
    }

    boolean isIdentity() {
        return rows.isIdentity() && columns.isIdentity();
    }

    /** The part of X V: a plane of the grid for each column of {@code v}, which has a row for each column of V. */
    Tensor times(Tensor v, int count) {
        var planes = torch.zeros(0L);
        for (var i = 0; i < layers.size(); i++) {
            var layer = layers.get(i);
            var map = layer.map().reshape(-1, layer.channels());
            var product = torch.mm(v.narrow(1, layer.firstFeature(), layer.channels()), map.t());
            planes = i == 0 ? product : planes.add_(product);
        }
        planes = planes.reshape(count, rows.from(), columns.from());
        return isIdentity() ? planes
                : torch.matmul(rows.single(), torch.matmul(planes, columns.single().t()));
    }

    /**
     * W's planes shrunk to this size: count x height x width. The sums over up to all of the grid's pixels are in double
     * precision.
     */
    Tensor shrunk(Tensor planes) {
        if (isIdentity()) {
            return planes;
        }
        var narrow = torch.matmul(planes.to(ScalarType.Double), columns.exact());
        return torch.matmul(rows.exact().t(), narrow).to(ScalarType.Float);
    }

    /** A layer's columns of X'W, as count x channels: row by row of the map in single precision, beyond that in double. */
    static Tensor transposeTimes(Layer layer, Tensor shrunk) {
        return torch.bmm(shrunk.permute(1, 0, 2), layer.map()).sum(new long[] {0}, false, doubles());
    }

    /**
     * Each grid pixel's squared norm over these layers, from the inner products of neighbouring native positions: with
     * itself, its right and lower neighbours and the two diagonals.
     */
    Tensor squaredNorms() {
        var h = rows.from();
        var w = columns.from();
        var self = products(0, h, 0, w, 0, 0);
        if (isIdentity()) {
            return self;
        }
        var squares = columns.squares().t();
        var same = torch.matmul(self, squares);
        if (w > 1) {
            same = same.add(torch.matmul(products(0, h, 0, w - 1, 0, 1), columns.doubledProducts().t()));
        }
        var norms = torch.matmul(rows.squares(), same);
        if (h > 1) {
            var next = torch.matmul(products(0, h - 1, 0, w, 1, 0), squares);
            if (w > 1) {
                var diagonals = products(0, h - 1, 0, w - 1, 1, 1).add(products(0, h - 1, 1, w - 1, 1, -1));
                next = next.add(torch.matmul(diagonals, columns.doubledProducts().t().div(two())));
            }
            norms = norms.add(torch.matmul(rows.doubledProducts(), next));
        }
        return norms;
    }

    private static org.bytedeco.pytorch.Scalar two() {
        return new org.bytedeco.pytorch.Scalar(2.0);
    }

    /** Inner products of a part of the positions with those some rows and columns on. */
    private Tensor products(int y, int height, int x, int width, int down, int right) {
        var sum = torch.zeros(0L);
        for (var i = 0; i < layers.size(); i++) {
            var map = layers.get(i).map();
            var one = map.narrow(0, y, height).narrow(1, x, width);
            var other = map.narrow(0, y + down, height).narrow(1, x + right, width);
            var products = one.mul(other).sum(new long[] {2}, false, doubles());
            sum = i == 0 ? products : sum.add_(products);
        }
        return sum;
    }

    private static ScalarTypeOptional doubles() {
        return new ScalarTypeOptional(ScalarType.Double);
    }

    @Override
    public void close() {
        rows.close();
        columns.close();
    }
}

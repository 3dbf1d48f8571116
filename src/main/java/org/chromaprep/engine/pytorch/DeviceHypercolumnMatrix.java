package org.chromaprep.engine.pytorch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.chromaprep.engine.EngineException;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.HypercolumnShape;
import org.chromaprep.hypercolumn.HypercolumnTotals;
import org.chromaprep.hypercolumn.TotalsByProducts;

/**
 * The hypercolumn matrix of feature maps that lie on a device, computed there: V and W go to the device, and planes, sums,
 * norms and gathered rows come back.
 *
 * <p>Products read the maps at each call, so an engine may rewrite them between calls. Products are in single precision;
 * sums over positions are added in double, and so are norms. Whoever made it closes it, before the maps.
 */
final class DeviceHypercolumnMatrix implements HypercolumnMatrix, AutoCloseable {
    /** Hypercolumns that are gathered together: four neighbours of each are in the device's memory meanwhile. */
    private static final int GATHERED = 1024;

    private final Grid grid;
    private final TotalsByProducts totalsByProducts = new TotalsByProducts();
    private final int features;
    private final HypercolumnShape shape;
    private final DeviceStream stream;
    private final HostMemory host;
    private final List<DeviceResolution.Layer> layers = new ArrayList<>();
    private final List<DeviceResolution> resolutions = new ArrayList<>();

    /**
     * @param stream in which everything is done; not closed here
     * @param maps height x width x channels in single precision each, contiguous, in hypercolumn order; not closed here
     */
    @SuppressWarnings("try")
    DeviceHypercolumnMatrix(Placement placement, DeviceStream stream, Grid grid, List<Tensor> maps) {
        this.grid = grid;
        this.stream = stream;
        this.host = new HostMemory(placement, stream.traffic());
        var bySize = new LinkedHashMap<List<Long>, List<DeviceResolution.Layer>>();
        var first = 0;
        for (var map : maps) {
            var channels = (int) map.size(2);
            var layer = new DeviceResolution.Layer(map, channels, first);
            layers.add(layer);
            bySize.computeIfAbsent(List.of(map.size(0), map.size(1)), size -> new ArrayList<>()).add(layer);
            first += channels;
        }
        this.features = first;
        this.shape = new HypercolumnShape(grid, features);
        try (var scope = new PointerScope()) {
            bySize.forEach((size, same) -> resolutions.add(new DeviceResolution(List.copyOf(same),
                    new DeviceAxis(placement, size.get(0).intValue(), grid.height()),
                    new DeviceAxis(placement, size.get(1).intValue(), grid.width()))));
        }
    }

    @Override
    public Grid grid() {
        return grid;
    }

    @Override
    public int features() {
        return features;
    }

    private void run(Runnable work) {
        try {
            stream.run(work);
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError e) {
            throw new EngineException("The graphics card failed on hypercolumns (" + Natives.firstLine(e)
                    + "); choose a smaller --size, fewer --clusters or --device cpu.", e);
        }
    }

    @Override
    public void times(float[] v, int columns, float[] planes) {
        shape.checkProduct(columns, v.length, planes.length);
        run(() -> {
            var directions = host.send(v, columns, features);
            var sum = resolutions.get(0).times(directions, columns);
            for (var resolution : resolutions.subList(1, resolutions.size())) {
                sum = sum.add_(resolution.times(directions, columns));
            }
            host.receive(sum, planes, 0);
        });
    }

    @Override
    public void times(float[] v, int[] pixels, int count, float[] plane) {
        shape.checkProduct(1, v.length, plane.length);
        var products = new float[Math.min(GATHERED, count)];
        for (var from = 0; from < count; from += GATHERED) {
            var begin = from;
            var length = Math.min(GATHERED, count - from);
            run(() -> host.receive(torch.mv(gathered(pixels, begin, length), host.send(v, features)), products, 0));
            for (var i = 0; i < length; i++) {
                plane[Objects.checkIndex(pixels[begin + i], grid.pixels())] = products[i];
            }
        }
    }

    @Override
    public void totals(HypercolumnTotals totals, float[] v, int columns, float[] planes) {
        totalsByProducts.take(this, totals);
        if (columns > 0) {
            times(v, columns, planes);
        }
    }

    @Override
    public int[] layerEnds() {
        return layers.stream().mapToInt(layer -> layer.firstFeature() + layer.channels()).toArray();
    }

    /** False: the card computes a whole product in less time than it takes to choose pixels. */
    @Override
    public boolean isRectified() {
        return false;
    }

    @Override
    public void transposeTimes(float[] w, int columns, double[] sums) {
        shape.checkProduct(columns, sums.length, w.length);
        run(() -> {
            var planes = host.send(w, columns, grid.height(), grid.width());
            var parts = new Tensor[layers.size()];
            for (var resolution : resolutions) {
                var shrunk = resolution.shrunk(planes);
                for (var layer : resolution.layers()) {
                    parts[layers.indexOf(layer)] = DeviceResolution.transposeTimes(layer, shrunk);
                }
            }
            host.receive(torch.cat(new TensorVector(parts), 1), sums);
        });
    }

    @Override
    public void squaredNorms(double[] norms) {
        shape.checkProduct(1, features, norms.length);
        run(() -> {
            var sum = resolutions.get(0).squaredNorms();
            for (var resolution : resolutions.subList(1, resolutions.size())) {
                sum = sum.add(resolution.squaredNorms());
            }
            host.receive(sum, norms);
        });
    }

    @Override
    public void gather(int[] pixels, float[] rows) {
        shape.checkGather(pixels, rows);
        for (var from = 0; from < pixels.length; from += GATHERED) {
            var begin = from;
            var count = Math.min(GATHERED, pixels.length - from);
            run(() -> host.receive(gathered(pixels, begin, count), rows, begin * features));
        }
    }

    private Tensor gathered(int[] pixels, int begin, int count) {
        var parts = new Tensor[layers.size()];
        for (var resolution : resolutions) {
            var neighbours = new long[4 * count];
            var weights = new float[4 * count];
            for (var i = 0; i < count; i++) {
                neighbours(resolution, pixels[begin + i], neighbours, weights, i, count);
            }
            var places = host.send(neighbours, 4L * count);
            var shares = host.send(weights, 4, count, 1);
            for (var layer : resolution.layers()) {
                var four = layer.map().reshape(-1, layer.channels()).index_select(0, places);
                parts[layers.indexOf(layer)] = four.reshape(4, count, layer.channels()).mul(shares).sum(0);
            }
        }
        return torch.cat(new TensorVector(parts), 1);
    }

    private void neighbours(DeviceResolution resolution, int pixel, long[] places, float[] weights, int i, int count) {
        var y = pixel / grid.width();
        var x = pixel % grid.width();
        var rows = resolution.rows();
        var columns = resolution.columns();
        for (var corner = 0; corner < 4; corner++) {
            var below = corner / 2 == 1;
            var right = corner % 2 == 1;
            var row = below ? rows.upper(y) : rows.lower(y);
            var column = right ? columns.upper(x) : columns.lower(x);
            places[corner * count + i] = (long) row * columns.from() + column;
            weights[corner * count + i] = (below ? rows.upperWeight(y) : 1 - rows.upperWeight(y))
                    * (right ? columns.upperWeight(x) : 1 - columns.upperWeight(x));
        }
    }

    @Override
    public void close() {
        resolutions.forEach(DeviceResolution::close);
    }
}

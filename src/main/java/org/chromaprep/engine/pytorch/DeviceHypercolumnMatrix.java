package org.chromaprep.engine.pytorch;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.HypercolumnShape;
import org.chromaprep.hypercolumn.HypercolumnTotals;
import org.chromaprep.hypercolumn.LloydRun;
import org.chromaprep.hypercolumn.LloydSettings;
import org.chromaprep.hypercolumn.LloydStart;
import org.chromaprep.hypercolumn.TotalsByProducts;

/**
 * The hypercolumn matrix of feature maps that lie on a device, computed there: V and W go to the device, and planes, sums,
 * norms and gathered rows come back. Each of these costs a copy to the device, one back, and a wait; whole k-means costs no
 * more, see {@link #lloyd}.
 *
 * <p>Products read the maps at each call, so an engine may rewrite them between calls. Each call borrows a workspace, so any
 * number of threads may call at the same time.
 */
final class DeviceHypercolumnMatrix implements HypercolumnMatrix {
    /** More clusters make so many planes that products one by one keep a card as busy. */
    private static final int MOST_CLUSTERS = 64;

    private final DeviceWorkspaces workspaces;
    private final DeviceFrame frame;
    private final Grid grid;
    private final TotalsByProducts totalsByProducts = new TotalsByProducts();
    private final int features;
    private final HypercolumnShape shape;

    /**
     * @param workspaces for frames of this layout; not closed here
     * @param frame whose maps these are; not closed here
     */
    DeviceHypercolumnMatrix(DeviceWorkspaces workspaces, DeviceFrame frame) {
        this.workspaces = workspaces;
        this.frame = frame;
        this.grid = workspaces.layout().grid();
        this.features = workspaces.layout().features();
        this.shape = new HypercolumnShape(grid, features);
    }

    @Override
    public Grid grid() {
        return grid;
    }

    @Override
    public int features() {
        return features;
    }

    /** Does something in a workspace's stream, after the maps are there. */
    private void work(Consumer<DeviceWorkspace> work) {
        DeviceFailure.guarded(() -> {
            var workspace = workspaces.take(any -> false);
            try {
                workspace.stream().run(() -> {
                    workspace.stream().waitFor(frame.written());
                    work.accept(workspace);
                });
            } finally {
                workspaces.giveBack(workspace);
            }
            return true;
        });
    }

    private static ByteBuffer receive(DeviceWorkspace workspace, Tensor numbers) {
        workspace.host().receive(numbers);
        workspace.stream().await();
        return workspace.host().buffer();
    }

    @Override
    public void times(float[] v, int columns, float[] planes) {
        shape.checkProduct(columns, v.length, planes.length);
        work(workspace -> {
            var times = workspace.times(columns);
            workspace.host().send(v, times.directions());
            times.compute(frame.maps());
            receive(workspace, times.planes()).asFloatBuffer().get(planes, 0, columns * grid.pixels());
        });
    }

    @Override
    public void times(float[] v, int[] pixels, int count, float[] plane) {
        shape.checkProduct(1, v.length, plane.length);
        var all = new float[grid.pixels()];
        times(v, 1, all);
        for (var i = 0; i < count; i++) {
            plane[Objects.checkIndex(pixels[i], grid.pixels())] = all[pixels[i]];
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
        return workspaces.layout().layers().stream()
                .mapToInt(layer -> layer.firstFeature() + layer.channels())
                .toArray();
    }

    /** False: the card computes a whole product in less time than it takes to choose pixels. */
    @Override
    public boolean isRectified() {
        return false;
    }

    @Override
    public void transposeTimes(float[] w, int columns, double[] sums) {
        shape.checkProduct(columns, sums.length, w.length);
        work(workspace -> {
            var transposeTimes = workspace.transposeTimes(columns);
            workspace.host().send(w, transposeTimes.weights());
            transposeTimes.compute(frame.maps());
            receive(workspace, transposeTimes.sums()).asDoubleBuffer().get(sums, 0, columns * features);
        });
    }

    @Override
    public void squaredNorms(double[] norms) {
        shape.checkProduct(1, features, norms.length);
        work(workspace -> {
            workspace.norms().compute(frame.maps());
            receive(workspace, workspace.norms().norms()).asDoubleBuffer().get(norms, 0, grid.pixels());
        });
    }

    @Override
    public void gather(int[] pixels, float[] rows) {
        shape.checkGather(pixels, rows);
        work(workspace -> {
            var gathering = workspace.gathering();
            for (var from = 0; from < pixels.length; from += gathering.most()) {
                var count = send(workspace, pixels, from);
                receive(workspace, gathering.rows(frame.maps()))
                        .asFloatBuffer()
                        .get(rows, from * features, count * features);
            }
        });
    }

    /**
     * Hypercolumns of chosen pixels, rounded to half precision.
     *
     * @param into receives them little-endian from its position on, which moves behind them
     * @return how many numbers were too large
     */
    long gatherHalves(int[] pixels, ByteBuffer into) {
        for (var pixel : pixels) {
            Objects.checkIndex(pixel, grid.pixels());
        }
        var saturated = new LongAdder();
        work(workspace -> {
            var gathering = workspace.gathering();
            for (var from = 0; from < pixels.length; from += gathering.most()) {
                var count = send(workspace, pixels, from);
                var received = receive(workspace, gathering.halves(frame.maps()));
                saturated.add(gathering.packet().saturated(received, count));
                gathering.packet().copySamples(received, count, into);
            }
        });
        return saturated.sum();
    }

    /** Sends up to as many pixels' numbers as go together, and returns how many they are. */
    private static int send(DeviceWorkspace workspace, int[] pixels, int from) {
        var most = workspace.gathering().most();
        // Places that are left over stand for pixel 0.
        workspace
                .host()
                .send(
                        Arrays.copyOfRange(pixels, from, from + most),
                        workspace.gathering().pixels());
        return Math.min(most, pixels.length - from);
    }

    @Override
    public Optional<LloydRun> lloyd(LloydSettings settings, LloydStart start) {
        if (settings.clusters() < 2 || settings.clusters() > MOST_CLUSTERS) {
            return Optional.empty();
        }
        return Optional.of(DeviceFailure.guarded(() -> DeviceLloydRun.begin(workspaces, frame, settings, start)));
    }
}

package org.chromaprep.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.chromaprep.api.PictureMaps;
import org.chromaprep.engine.Engine;
import org.chromaprep.hypercolumn.AreaMatrix;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.GridArea;
import org.chromaprep.hypercolumn.HypercolumnCovariance;
import org.chromaprep.vgg.Preprocessing;

/**
 * Adds up the covariance of frames' hypercolumns, several frames at a time, and always in the frames' order: how many workers
 * there are changes no bit of the sums. Used by one thread; whoever makes one closes it, before the engine.
 */
final class CovarianceWorkers implements AutoCloseable {
    /** The part of the heap that may go to workers' sums. */
    private static final int SHARE = 4;

    private final Engine engine;
    private final Grid grid;
    private final Preprocessing preprocessing;
    private final HypercolumnCovariance total;
    private final int most;
    private final ExecutorService threads;
    private final List<Lane> lanes = new ArrayList<>();
    private final Deque<Lane> idle = new ArrayDeque<>();
    private final Deque<Future<Lane>> busy = new ArrayDeque<>();

    /**
     * @param workers frames looked at together at most; fewer where their sums would take too much memory
     * @throws IllegalArgumentException if the engine's layers have too many features
     */
    CovarianceWorkers(Engine engine, Grid grid, Preprocessing preprocessing, int workers) {
        var features = engine.plan().features();
        this.engine = engine;
        this.grid = grid;
        this.preprocessing = preprocessing;
        this.total = new HypercolumnCovariance(features);
        var fitting = Runtime.getRuntime().maxMemory() / SHARE / ((long) features * features * Double.BYTES);
        this.most = (int) Math.max(1, Math.min(workers, fitting));
        this.threads = Executors.newFixedThreadPool(most);
    }

    /** What one frame at a time needs. */
    private static final class Lane implements AutoCloseable {
        private final HypercolumnCovariance sums;
        private final PictureMaps maps;

        Lane(Engine engine, Grid grid, Preprocessing preprocessing) {
            sums = new HypercolumnCovariance(engine.plan().features());
            maps = new PictureMaps(engine, grid, preprocessing);
        }

        Lane lookAt(byte[] luma, GridArea picture) {
            maps.compute(luma);
            sums.clear();
            var matrix = maps.hypercolumns();
            sums.add(picture.covers(matrix.grid()) ? matrix : new AreaMatrix(matrix, picture));
            return this;
        }

        @Override
        public void close() {
            maps.close();
        }
    }

    /**
     * Adds a frame, now or while others are added.
     *
     * @param luma of the grid's pixels; not changed afterwards
     * @param picture where in the grid its picture is, which alone is added
     * @throws org.chromaprep.engine.EngineException if the network failed on this frame or one before it
     */
    void add(byte[] luma, GridArea picture) {
        var lane = lane();
        busy.add(threads.submit(() -> lane.lookAt(luma, picture)));
    }

    private Lane lane() {
        if (idle.isEmpty() && lanes.size() < most) {
            lanes.add(new Lane(engine, grid, preprocessing));
            return lanes.get(lanes.size() - 1);
        }
        if (idle.isEmpty()) {
            take();
        }
        return idle.remove();
    }

    // The oldest frame's.
    private void take() {
        try {
            var lane = busy.remove().get();
            total.add(lane.sums);
            idle.add(lane);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Nobody interrupts a projection's pass.", e);
        }
    }

    /** The sums over all frames added. */
    HypercolumnCovariance finish() {
        while (!busy.isEmpty()) {
            take();
        }
        return total;
    }

    /** Waits for frames in the works, whose memory may then be given back. */
    @Override
    public void close() {
        threads.shutdown();
        busy.forEach(CovarianceWorkers::await);
        lanes.forEach(Lane::close);
    }

    private static void await(Future<Lane> frame) {
        try {
            frame.get();
        } catch (ExecutionException e) {
            // The frame before it failed, too, or nobody wants to know any more.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

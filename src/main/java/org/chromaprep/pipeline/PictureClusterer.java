package org.chromaprep.pipeline;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.chromaprep.cluster.ClusterState;
import org.chromaprep.cluster.Clustering;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.hypercolumn.AreaMatrix;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.GridArea;
import org.chromaprep.hypercolumn.HypercolumnMatrix;

/**
 * Clusters the part of each frame's grid that shows its picture. Pixels of bars beside a letterboxed picture take no part in
 * k-means and belong to no cluster. One thread, frames in order.
 */
final class PictureClusterer {
    private final KMeansSettings settings;
    private final FrameClusterer.Mode mode;
    private final Optional<int[]> seedPixels;
    private final Grid grid;
    private final int features;
    private Part part;
    private Part finished;
    private BooleanSupplier unwanted = () -> false;

    /** What clusters pictures of one shape, and memory for what comes of them where they do not fill the grid. */
    private record Part(GridArea area, FrameClusterer clusterer, Clustering inside, float[] average) {}

    /**
     * @param seedPixels as {@link FrameClusterer} has them, of the whole grid
     * @param grid of the matrices to come
     * @param state of an earlier clusterer
     */
    PictureClusterer(
            KMeansSettings settings,
            FrameClusterer.Mode mode,
            Optional<int[]> seedPixels,
            Grid grid,
            int features,
            Optional<ClusterState> state) {
        this.settings = settings;
        this.mode = mode;
        this.seedPixels = seedPixels;
        this.grid = grid;
        this.features = features;
        this.part = part(GridArea.whole(grid), state);
        this.finished = part;
    }

    private Part part(GridArea area, Optional<ClusterState> state) {
        var clusterer = new FrameClusterer(
                settings, mode, seedPixels.map(pixels -> inner(pixels, area)), area.grid(), features);
        clusterer.restore(state);
        clusterer.abandonWhen(() -> unwanted.getAsBoolean());
        var pixels = area.covers(grid) ? 0 : area.grid().pixels();
        return new Part(
                area, clusterer, new Clustering(settings.clusters(), features, Math.max(1, pixels)), new float[pixels]);
    }

    private int[] inner(int[] pixels, GridArea area) {
        return Arrays.stream(pixels)
                .map(pixel -> {
                    if (!area.contains(pixel, grid)) {
                        throw new IllegalArgumentException("The seed pixel " + pixel % grid.width() + ","
                                + pixel / grid.width()
                                + " lies in a bar beside the picture, which has rows " + area.top() + " to "
                                + (area.top() + area.grid().height() - 1) + " and columns " + area.left() + " to "
                                + (area.left() + area.grid().width() - 1) + "; choose one inside.");
                    }
                    return area.inner(pixel, grid);
                })
                .toArray();
    }

    /**
     * As {@link FrameClusterer#abandonWhen}, for the frames to come.
     *
     * @param question asked before each iteration
     */
    void abandonWhen(BooleanSupplier question) {
        unwanted = question;
    }

    /**
     * Clusters one frame.
     *
     * @param picture where in the grid its picture is
     */
    void cluster(HypercolumnMatrix x, GridArea picture, long frame, boolean newScene, Clustering out) {
        finish(begin(x, picture, frame, newScene), out);
    }

    /** A frame whose clustering has begun. Whoever does not {@link #finish} it closes it. */
    record Begun(Part part, FrameClusterer.Begun frame) implements AutoCloseable {
        /** Whether a device clusters the frame meanwhile. */
        boolean continuesByItself() {
            return frame.run().isPresent();
        }

        @Override
        public void close() {
            frame.close();
        }
    }

    /** As {@link FrameClusterer#begin}. */
    Begun begin(HypercolumnMatrix x, GridArea picture, long frame, boolean newScene) {
        if (!picture.equals(part.area)) {
            // A film whose pictures change their shape keeps its clusters, for centroids know nothing of places.
            part = part(picture, part.clusterer.snapshot());
        }
        var matrix = picture.covers(grid) ? x : new AreaMatrix(x, picture);
        return new Begun(part, part.clusterer.begin(matrix, frame, newScene));
    }

    /** Ends the clustering of a frame. */
    void finish(Begun begun, Clustering out) {
        finished = begun.part;
        if (finished.area.covers(grid)) {
            finished.clusterer.finish(begun.frame, out);
        } else {
            finished.clusterer.finish(begun.frame, finished.inside);
            out.take(finished.inside, pixel -> finished.area.outer(pixel, grid));
        }
    }

    /** As {@link FrameClusterer#average}, of the frame that was finished last; 0 beside the picture. */
    void average(float[] plane) {
        if (finished.area.covers(grid)) {
            finished.clusterer.average(plane);
            return;
        }
        var average = finished.average;
        finished.clusterer.average(average);
        Arrays.fill(plane, 0);
        for (var pixel = 0; pixel < average.length; pixel++) {
            plane[finished.area.outer(pixel, grid)] = average[pixel];
        }
    }

    Optional<ClusterState> snapshot() {
        return part.clusterer.snapshot();
    }
}

package org.chromaprep.pipeline;

import java.util.Arrays;
import java.util.Optional;
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
    private GridArea area;
    private FrameClusterer clusterer;
    private Clustering inside;
    private float[] average = {};

    /**
     * @param seedPixels as {@link FrameClusterer} has them, of the whole grid
     * @param grid of the matrices to come
     * @param state of an earlier clusterer
     */
    PictureClusterer(KMeansSettings settings, FrameClusterer.Mode mode, Optional<int[]> seedPixels, Grid grid, int features,
            Optional<ClusterState> state) {
        this.settings = settings;
        this.mode = mode;
        this.seedPixels = seedPixels;
        this.grid = grid;
        this.features = features;
        use(GridArea.whole(grid), state);
    }

    private void use(GridArea next, Optional<ClusterState> state) {
        area = next;
        clusterer = new FrameClusterer(settings, mode, seedPixels.map(this::inner), next.grid(), features);
        clusterer.restore(state);
        var pixels = next.covers(grid) ? 0 : next.grid().pixels();
        inside = new Clustering(settings.clusters(), features, Math.max(1, pixels));
        average = new float[pixels];
    }

    private int[] inner(int[] pixels) {
        return Arrays.stream(pixels).map(pixel -> {
            if (!area.contains(pixel, grid)) {
                throw new IllegalArgumentException("The seed pixel " + pixel % grid.width() + "," + pixel / grid.width()
                        + " lies in a bar beside the picture, which has rows " + area.top() + " to "
                        + (area.top() + area.grid().height() - 1) + " and columns " + area.left() + " to "
                        + (area.left() + area.grid().width() - 1) + "; choose one inside.");
            }
            return area.inner(pixel, grid);
        }).toArray();
    }

    /**
     * Clusters one frame.
     *
     * @param picture where in the grid its picture is
     */
    void cluster(HypercolumnMatrix x, GridArea picture, long frame, boolean newScene, Clustering out) {
        if (!picture.equals(area)) {
            // A film whose pictures change their shape keeps its clusters, for centroids know nothing of places.
            use(picture, clusterer.snapshot());
        }
        if (picture.covers(grid)) {
            clusterer.cluster(x, frame, newScene, out);
        } else {
            clusterer.cluster(new AreaMatrix(x, picture), frame, newScene, inside);
            out.take(inside, pixel -> picture.outer(pixel, grid));
        }
    }

    /** As {@link FrameClusterer#average}; 0 beside the picture. */
    void average(float[] plane) {
        if (area.covers(grid)) {
            clusterer.average(plane);
            return;
        }
        clusterer.average(average);
        Arrays.fill(plane, 0);
        for (var pixel = 0; pixel < average.length; pixel++) {
            plane[area.outer(pixel, grid)] = average[pixel];
        }
    }

    Optional<ClusterState> snapshot() {
        return clusterer.snapshot();
    }
}

package org.chromaprep.cluster;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.LloydRun;
import org.chromaprep.hypercolumn.LloydStart;

/**
 * k-means over a film's frames, in frame order, by one thread.
 *
 * <p>{@link Mode#INDEPENDENT}: every frame starts afresh, so its result depends on its hypercolumns, the seed and its
 * number only, and cluster ids mean nothing across frames.
 *
 * <p>{@link Mode#TEMPORAL}: inside a scene a frame starts from the centroids of the frame before, so ids stay with what
 * they stood for. The first frame of a scene starts afresh, and its clusters are then renumbered by {@link CentroidOrder}:
 * cluster 0 is the one whose hypercolumns are smallest on average, in every scene and every film. So nothing of a scene
 * depends on the scenes before it, and a film's scenes can be computed in any order, on any machine.
 *
 * <p>A fresh start is greedy k-means++ (see {@link Seeding}) with random numbers from the seed and the frame's number,
 * or the hypercolumns of given seed pixels; cluster {@code j} is then what seed pixel {@code j} grew into, and is not renumbered.
 */
public final class FrameClusterer {
    /** What a frame's clusters have to do with the frame's before. */
    public enum Mode {
        /** Warm start from the frame before, stable ids. */
        TEMPORAL,
        /** Every frame alone. */
        INDEPENDENT
    }

    private final KMeansSettings settings;
    private final Mode mode;
    private final Optional<int[]> seedPixels;
    private final KMeans kMeans;
    private final Seeding seeding;
    private final double[] norms;
    private final float[] start;
    private final float[] last;
    private boolean warm;
    private long lastFrame;

    /**
     * @param settings of k-means
     * @param mode what frames have to do with each other
     * @param seedPixels k pixel numbers to start from, or empty for k-means++
     * @param grid of the matrices to come
     * @param features of the matrices to come, at least 1
     * @throws IllegalArgumentException if there are not k seed pixels, one of them lies outside the grid, or the grid
     *     has fewer pixels than clusters
     */
    public FrameClusterer(KMeansSettings settings, Mode mode, Optional<int[]> seedPixels, Grid grid, int features) {
        this.settings = settings;
        this.mode = mode;
        this.seedPixels = seedPixels.map(int[]::clone);
        this.seedPixels.ifPresent(pixels -> checkSeeds(pixels, settings.clusters(), grid));
        this.kMeans = new KMeans(settings, features, grid.pixels());
        this.seeding = new Seeding(settings.clusters(), features, grid.pixels());
        this.norms = new double[grid.pixels()];
        this.start = new float[settings.clusters() * features];
        this.last = new float[settings.clusters() * features];
    }

    private static void checkSeeds(int[] pixels, int clusters, Grid grid) {
        if (pixels.length != clusters) {
            throw new IllegalArgumentException(
                    clusters + " clusters need as many seed pixels, not " + pixels.length + ".");
        }
        for (var pixel : pixels) {
            if (pixel < 0 || pixel >= grid.pixels()) {
                throw new IllegalArgumentException("The seed pixel number " + pixel + " lies outside the "
                        + grid.width() + "x" + grid.height() + " grid.");
            }
        }
    }

    /**
     * As {@link KMeans#abandonWhen}.
     *
     * @param question asked before each iteration
     */
    public void abandonWhen(BooleanSupplier question) {
        kMeans.abandonWhen(question);
    }

    /**
     * Clusters one frame.
     *
     * @param x the frame's hypercolumns
     * @param frame the frame's number
     * @param newScene whether a scene begins here; of no account in independent mode
     * @param out receives the result
     * @throws IllegalArgumentException if a shape differs from the one at construction, or the hypercolumns hold
     *     numbers that are not finite
     */
    public void cluster(HypercolumnMatrix x, long frame, boolean newScene, Clustering out) {
        finish(begin(x, frame, newScene), out);
    }

    /**
     * A frame whose clustering has begun. Whoever does not {@link #finish} it closes it.
     *
     * @param x the frame's hypercolumns
     * @param frame the frame's number
     * @param continued whether it starts from the frame before
     * @param run what runs where the maps lie; empty if nothing does
     */
    public record Begun(HypercolumnMatrix x, long frame, boolean continued, Optional<LloydRun> run)
            implements AutoCloseable {
        @Override
        public void close() {
            run.ifPresent(LloydRun::close);
        }
    }

    /**
     * Begins to cluster a frame, which continues by itself where its maps lie on a device. In independent mode any number of
     * frames may be under way, which are finished in any order; in temporal mode each is finished before the next begins.
     *
     * @param newScene whether a scene begins here; of no account in independent mode
     */
    public Begun begin(HypercolumnMatrix x, long frame, boolean newScene) {
        var continued = warm && !newScene;
        return new Begun(x, frame, continued, kMeans.begin(x, start(x, frame, continued)));
    }

    private LloydStart start(HypercolumnMatrix x, long frame, boolean continued) {
        if (continued) {
            return new LloydStart.Given(last);
        }
        if (seedPixels.isPresent()) {
            seeding.pixels(x, seedPixels.get(), start);
            return new LloydStart.Given(start);
        }
        return seeding.draws(settings.seed(), frame);
    }

    /**
     * Ends the clustering of a frame.
     *
     * @param out receives the result
     * @throws IllegalArgumentException as {@link #cluster} does
     */
    public void finish(Begun begun, Clustering out) {
        try (begun) {
            kMeans.check(begun.x, start.length, out);
            if (begun.run.isEmpty() || !kMeans.await(begun.run.get(), out)) {
                kMeans.byProducts(begun.x, centroids(begun), out);
            }
        }
        if (mode == Mode.TEMPORAL && !begun.continued && seedPixels.isEmpty()) {
            renumber(CentroidOrder.ids(out.centroids(), settings.clusters()), out);
        }
        if (mode == Mode.TEMPORAL) {
            System.arraycopy(out.centroids(), 0, last, 0, last.length);
            lastFrame = begun.frame;
            warm = true;
        }
    }

    private float[] centroids(Begun begun) {
        var from = start(begun.x, begun.frame, begun.continued);
        if (from instanceof LloydStart.PlusPlus draws) {
            begun.x.squaredNorms(norms);
            seeding.kMeansPlusPlus(begun.x, norms, draws, start);
            return start;
        }
        return begun.continued ? last : start;
    }

    /**
     * The average of each pixel's features in the frame that was clustered last.
     *
     * @param plane receives a number a pixel of the grid
     */
    public void average(float[] plane) {
        kMeans.average(plane);
    }

    private void renumber(int[] ids, Clustering out) {
        var centroids = out.centroids().clone();
        var sizes = out.sizes().clone();
        var features = out.features();
        for (var j = 0; j < ids.length; j++) {
            System.arraycopy(centroids, j * features, out.centroids(), ids[j] * features, features);
            out.sizes()[ids[j]] = sizes[j];
        }
        var labels = out.labels();
        for (var i = 0; i < labels.length; i++) {
            labels[i] = (byte) ids[labels[i] & 0xFF];
        }
    }

    /** A copy of what the temporal mode remembers; empty before the first frame and in independent mode. */
    public Optional<ClusterState> snapshot() {
        return warm ? Optional.of(new ClusterState(lastFrame, last.clone())) : Optional.empty();
    }

    /**
     * Goes on as the clusterer that the snapshot was taken of would have. Without effect in independent mode.
     *
     * @throws IllegalArgumentException if the state has another number of clusters or features
     */
    public void restore(Optional<ClusterState> state) {
        if (mode == Mode.INDEPENDENT) {
            return;
        }
        state.ifPresent(s -> {
            if (s.centroids().length != last.length) {
                throw new IllegalArgumentException("The remembered clusters have " + s.centroids().length
                        + " numbers where this run has " + last.length
                        + "; continue with the same layers and number of clusters.");
            }
            System.arraycopy(s.centroids(), 0, last, 0, last.length);
            lastFrame = s.frame();
        });
        warm = state.isPresent();
    }
}

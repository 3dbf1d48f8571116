package org.chromaprep.api;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.chromaprep.cluster.Clustering;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.CosineSimilarity;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.video.FrameTime;

/**
 * The frame at hand. Answers are copies that belong to the caller; questions can be asked until the film's next frame is read or the
 * film is closed, and are an {@link IllegalStateException} afterwards. Grid pixels are numbered row by row from 0. One thread.
 */
public final class FilmFrame {
    private final FrameTime time;
    private final int scene;
    private final byte[] luma;
    private final NetworkPlan plan;
    private final PictureMaps maps;
    private final Optional<Clustering> clustering;
    private boolean expired;

    FilmFrame(
            FrameTime time,
            int scene,
            byte[] luma,
            NetworkPlan plan,
            PictureMaps maps,
            Optional<Clustering> clustering) {
        this.time = time;
        this.scene = scene;
        this.luma = luma;
        this.plan = plan;
        this.maps = maps;
        this.clustering = clustering;
    }

    void expire() {
        expired = true;
    }

    private void check() {
        if (expired) {
            throw new IllegalStateException(
                    "Frame " + time.index() + " is no longer at hand; ask before the next one is read.");
        }
    }

    private Clustering clusters() {
        check();
        return clustering.orElseThrow(
                () -> new IllegalStateException("There are no clusters; open with clusters(2), say."));
    }

    /** Its number in the film, from 0, lost frames not counted. */
    public long number() {
        return time.index();
    }

    /** Its presentation time stamp in the film's time base, where it has one. */
    public OptionalLong pts() {
        return time.pts();
    }

    /** Its film time in seconds. */
    public double seconds() {
        return time.seconds();
    }

    /** The number of its scene, from 0; a scene is what lies between two cuts. */
    public int scene() {
        return scene;
    }

    /** Grey values 0..255 (unsigned) of the grid, row by row. */
    public byte[] luma() {
        check();
        return luma.clone();
    }

    /**
     * A layer's feature map.
     *
     * @param layer one of {@link ChromaPrep#layers}
     * @throws IllegalArgumentException if the layer was not asked for
     */
    public LayerMap map(String layer) {
        check();
        var chosen = plan.layers().stream()
                .filter(each -> each.layerName().equals(layer))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Layer " + layer
                        + " was not asked of the network; its layers are "
                        + plan.layers().stream().map(VggLayer::layerName).toList() + "."));
        var map = maps.map(chosen);
        var values = new float[map.positions() * map.channels()];
        map.values().get(0, values);
        return new LayerMap(layer, map.height(), map.width(), map.channels(), values);
    }

    /**
     * Hypercolumns of chosen grid pixels.
     *
     * @param pixels numbers of grid pixels
     * @return a row of {@link ChromaPrep#features} numbers for each
     * @throws IndexOutOfBoundsException if a pixel lies outside the grid
     */
    public float[][] hypercolumns(int... pixels) {
        check();
        var width = plan.features();
        var rows = new float[pixels.length * width];
        maps.hypercolumns().gather(pixels, rows);
        var hypercolumns = new float[pixels.length][];
        for (var i = 0; i < pixels.length; i++) {
            hypercolumns[i] = Arrays.copyOfRange(rows, i * width, (i + 1) * width);
        }
        return hypercolumns;
    }

    /** Each grid pixel's average over its hypercolumn. */
    public float[] average() {
        check();
        var equal = new float[plan.features()];
        Arrays.fill(equal, 1f / equal.length);
        var plane = new float[maps.hypercolumns().grid().pixels()];
        maps.hypercolumns().times(equal, 1, plane);
        return plane;
    }

    /**
     * How like one pixel's hypercolumn every grid pixel's is: the cosine of the angle between them, -1 to 1.
     *
     * @throws IndexOutOfBoundsException if the pixel lies outside the grid
     */
    public float[] similarityTo(int pixel) {
        check();
        var norms = new double[maps.hypercolumns().grid().pixels()];
        maps.hypercolumns().squaredNorms(norms);
        return CosineSimilarity.to(pixel, maps.hypercolumns(), norms);
    }

    /**
     * The colours that a model gives the frame.
     *
     * @param model of the {@link ChromaPrep} that the film was opened by
     */
    public ColourModel.Colours colours(ColourModel model) {
        check();
        return model.of(maps.hypercolumns());
    }

    /** Each grid pixel's cluster, 0 to k - 1 (unsigned). */
    public byte[] labels() {
        return clusters().labels().clone();
    }

    /** Grid pixels of each cluster. */
    public int[] clusterSizes() {
        return clusters().sizes().clone();
    }

    /** The clusters' mean hypercolumns: k rows of {@link ChromaPrep#features} numbers, one after the other. */
    public float[] centroids() {
        return clusters().centroids().clone();
    }

    /** The sum of squared distances of all pixels' hypercolumns to their cluster's centroid. */
    public double inertia() {
        return clusters().inertia();
    }
}

package org.chromaprep.inspect;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.video.Fit;

/**
 * What is to be looked at.
 *
 * @param grid the network's input size and the hypercolumns' grid
 * @param fit how the picture fills it
 * @param preprocessing what happens to grey values before the first layer
 * @param layers the hypercolumns' layers, in network order, at least one
 * @param maps single feature maps
 * @param averages groups of layers whose hypercolumns are averaged, each in network order, none empty
 * @param clusters the k of k-means, ascending, at least one
 * @param seedPixels start pixels of the one k that has as many; others start by k-means++
 * @param pixels grid pixel numbers to which all others are compared
 * @param normalisation what happens to layers before averages, clusters, similarity and embedding
 * @param samples hypercolumns sampled for the embedding
 * @param kMeans iterations, tolerance and seed; its number of clusters is of no account
 */
public record InspectSettings(
        Grid grid,
        Fit fit,
        Preprocessing preprocessing,
        List<VggLayer> layers,
        List<MapChoice> maps,
        List<List<VggLayer>> averages,
        List<Integer> clusters,
        Optional<int[]> seedPixels,
        List<Integer> pixels,
        Normalisation normalisation,
        int samples,
        KMeansSettings kMeans) {
    private static final int FEWEST_SAMPLES = 16;
    private static final int MOST_SAMPLES = 8192;

    /** What happens to a layer's numbers before they become parts of hypercolumns. */
    public enum Normalisation {
        /** Nothing, as in the article. */
        NONE,
        /** They are divided by the layer's root mean square, so that all layers weigh alike. */
        LAYER
    }

    /**
     * A single feature map.
     *
     * @param layer whose
     * @param channel from 0
     */
    public record MapChoice(VggLayer layer, int channel) {
        /** @throws IllegalArgumentException if the layer has no such channel */
        public MapChoice {
            if (channel < 0 || channel >= layer.channels()) {
                throw new IllegalArgumentException("Layer " + layer.layerName() + " has channels 0 to "
                        + (layer.channels() - 1) + ", so `maps` cannot show " + channel + ".");
            }
        }
    }

    /** @throws IllegalArgumentException if a number is out of its range */
    public InspectSettings {
        layers = List.copyOf(layers);
        maps = List.copyOf(maps);
        averages = averages.stream().map(List::copyOf).toList();
        clusters = List.copyOf(new TreeSet<>(clusters));
        pixels = List.copyOf(pixels);
        seedPixels = seedPixels.map(int[]::clone);
        if (samples < FEWEST_SAMPLES || samples > MOST_SAMPLES) {
            throw new IllegalArgumentException(
                    "`samples` must be " + FEWEST_SAMPLES + " to " + MOST_SAMPLES + ", not " + samples + ".");
        }
        var starts = seedPixels.map(seeds -> seeds.length);
        if (starts.isPresent() && !clusters.contains(starts.get())) {
            throw new IllegalArgumentException("`seeds` names " + starts.get() + " pixels, but `clusters` has no k of "
                    + starts.get() + "; give one pixel a cluster.");
        }
        for (var pixel : pixels) {
            if (pixel < 0 || pixel >= grid.pixels()) {
                throw new IllegalArgumentException("Pixel number " + pixel + " lies outside the grid of " + grid.width()
                        + "x" + grid.height() + ".");
            }
        }
    }

    /** All layers whose maps are looked at, in network order. */
    public List<VggLayer> allLayers() {
        return Stream.of(
                        layers.stream(),
                        maps.stream().map(MapChoice::layer),
                        averages.stream().flatMap(List::stream))
                .flatMap(each -> each)
                .distinct()
                .sorted()
                .toList();
    }
}

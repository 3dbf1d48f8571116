package org.chromaprep.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chromaprep.api.ChromaPrep;
import org.chromaprep.api.PictureMaps;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.StratifiedSampling;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;

/** Runs the network on one picture and looks at everything that was asked for. Used by one thread. */
public final class Inspector {
    private final InspectSettings settings;
    private final ChromaPrep chroma;

    /**
     * @param settings what to look at
     * @param chroma opened with {@link #plan} and the settings' preprocessing; stays the caller's
     */
    public Inspector(InspectSettings settings, ChromaPrep chroma) {
        this.settings = settings;
        this.chroma = chroma;
    }

    /**
     * What the engine must compute: the layers to look at, and the predictions where the weights have them and the
     * input has their size.
     *
     * @throws IllegalArgumentException if the layers do not go with the input size
     */
    public static NetworkPlan plan(InspectSettings settings, VggWeights weights) {
        var layers = new ArrayList<>(settings.allLayers());
        var prediction = plan(settings).network().last();
        if (weights.missingUpTo(prediction).isEmpty()
                && hasPredictionsSize(settings)
                && prediction.upToHere().containsAll(layers)) {
            layers.add(prediction);
        }
        return new NetworkPlan(layers, settings.grid().height(), settings.grid().width());
    }

    /**
     * What must be computed in any case.
     *
     * @throws IllegalArgumentException if the layers do not go with the input size
     */
    public static NetworkPlan plan(InspectSettings settings) {
        return new NetworkPlan(
                settings.allLayers(), settings.grid().height(), settings.grid().width());
    }

    private static boolean hasPredictionsSize(InspectSettings settings) {
        return settings.grid().equals(new Grid(VggLayer.DENSE_INPUT_SIZE, VggLayer.DENSE_INPUT_SIZE));
    }

    /**
     * Looks at a frame.
     *
     * @throws org.chromaprep.engine.EngineException if the network fails or memory runs out
     */
    public Inspection inspect(PickedFrame frame) {
        try (var maps = chroma.pictureMaps()) {
            maps.compute(frame.luma());
            return inspect(frame, maps);
        }
    }

    private Inspection inspect(PickedFrame frame, PictureMaps maps) {
        var grid = settings.grid();
        var index = frame.time().index();
        var hypercolumns = new Hypercolumns(maps, grid, settings.normalisation());
        var x = hypercolumns.over(settings.layers());
        var norms = new double[grid.pixels()];
        x.squaredNorms(norms);
        var prediction = chroma.engine().plan().network().last();
        var predicts = chroma.engine().plan().layers().contains(prediction);
        return new Inspection(
                frame,
                settings,
                chroma.weights(),
                chroma.engine().description(),
                InputNumbers.of(maps.input()),
                predicts ? Optional.of(Predictions.of(maps.map(prediction), ClassNames.all())) : Optional.empty(),
                predicts ? Optional.empty() : Optional.of(whyNoPredictions()),
                settings.layers().stream()
                        .map(layer -> LayerMaps.of(layer, maps.map(layer), grid))
                        .toList(),
                chosenMaps(maps),
                settings.averages().stream()
                        .map(group -> LayerAverage.of(hypercolumns, group))
                        .toList(),
                Clusters.of(x, settings, index),
                settings.pixels().stream()
                        .map(pixel -> Similarity.of(x, norms, pixel))
                        .toList(),
                Embedding.of(
                        x,
                        new StratifiedSampling(
                                grid, settings.samples(), settings.kMeans().seed()),
                        index));
    }

    private List<ChosenMap> chosenMaps(PictureMaps maps) {
        return settings.maps().stream()
                .map(choice -> {
                    var layer = choice.layer();
                    var channel = LayerMaps.channel(maps.map(layer), choice.channel(), settings.grid());
                    return new ChosenMap(
                            layer.layerName(), layer.kerasIndex(), choice.channel(), channel.map(), channel.enlarged());
                })
                .toList();
    }

    private String whyNoPredictions() {
        if (!hasPredictionsSize(settings)) {
            return "Predictions need a network input of 224x224; leave `size` out.";
        }
        if (!chroma.engine().plan().network().last().upToHere().containsAll(settings.allLayers())) {
            return "Predictions are not computed together with fully connected layers as convolutions; ask for fc6 and fc7.";
        }
        return chroma.trained()
                ? "These weights lack the fully connected layers; give weights with the top, which"
                        + " 'chromaprep weights fetch `top`' gets."
                : "Random weights are drawn up to the deepest layer asked for; add fc8 to `layers` for predictions.";
    }
}

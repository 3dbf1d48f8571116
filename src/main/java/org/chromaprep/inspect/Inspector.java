package org.chromaprep.inspect;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.engine.NetworkInput;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.StratifiedSampling;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;
import org.chromaprep.vgg.WeightsOrigin;

/** Runs the network on one picture and looks at everything that was asked for. Used by one thread. */
public final class Inspector {
    private final InspectSettings settings;
    private final Engine engine;
    private final WeightsOrigin weights;

    /**
     * @param settings what to look at
     * @param engine opened with {@link #plan}; stays the caller's
     * @param weights where the engine's weights are from
     */
    public Inspector(InspectSettings settings, Engine engine, WeightsOrigin weights) {
        this.settings = settings;
        this.engine = engine;
        this.weights = weights;
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
        var input = input(frame);
        try (var features = engine.newFrameFeatures(settings.grid());
                var worker = engine.newWorker()) {
            worker.forward(input, features);
            return inspect(frame, input, features);
        }
    }

    private FloatBuffer input(PickedFrame frame) {
        var input = NetworkInput.allocate(settings.grid().pixels());
        settings.preprocessing().fromLuma(frame.luma(), input);
        return input;
    }

    private Inspection inspect(PickedFrame frame, FloatBuffer input, FrameFeatures features) {
        var grid = settings.grid();
        var index = frame.time().index();
        var hypercolumns = new Hypercolumns(features, grid, settings.normalisation());
        var x = hypercolumns.over(settings.layers());
        var norms = new double[grid.pixels()];
        x.squaredNorms(norms);
        var prediction = engine.plan().network().last();
        var predicts = engine.plan().layers().contains(prediction);
        return new Inspection(
                frame,
                settings,
                weights,
                engine.description(),
                InputNumbers.of(input),
                predicts ? Optional.of(Predictions.of(features.map(prediction), ClassNames.all())) : Optional.empty(),
                predicts ? Optional.empty() : Optional.of(whyNoPredictions()),
                settings.layers().stream()
                        .map(layer -> LayerMaps.of(layer, features.map(layer), grid))
                        .toList(),
                chosenMaps(features),
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

    private List<ChosenMap> chosenMaps(FrameFeatures features) {
        return settings.maps().stream()
                .map(choice -> {
                    var layer = choice.layer();
                    var channel = LayerMaps.channel(features.map(layer), choice.channel(), settings.grid());
                    return new ChosenMap(
                            layer.layerName(), layer.kerasIndex(), choice.channel(), channel.map(), channel.enlarged());
                })
                .toList();
    }

    private String whyNoPredictions() {
        if (!hasPredictionsSize(settings)) {
            return "Predictions need a network input of 224x224; leave `size` out.";
        }
        if (!engine.plan().network().last().upToHere().containsAll(settings.allLayers())) {
            return "Predictions are not computed together with fully connected layers as convolutions; ask for fc6 and fc7.";
        }
        return weights.trained()
                ? "These weights lack the fully connected layers; give weights with the top, which"
                        + " 'chromaprep weights fetch `top`' gets."
                : "Random weights are drawn up to the deepest layer asked for; add fc8 to `layers` for predictions.";
    }
}

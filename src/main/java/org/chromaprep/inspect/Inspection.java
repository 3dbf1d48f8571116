package org.chromaprep.inspect;

import java.util.List;
import java.util.Optional;
import org.chromaprep.engine.EngineDescription;
import org.chromaprep.vgg.WeightsOrigin;

/**
 * All that was found about one picture: a part for each section of the walk-through.
 *
 * @param frame the picture
 * @param settings what was looked at
 * @param weights where the weights are from; untrained ones make everything meaningless
 * @param engine what computed
 * @param input the numbers that the network was given
 * @param predictions empty where they could not be made
 * @param noPredictions why there are none; empty where there are
 * @param layers each chosen layer's maps
 * @param maps single maps
 * @param averages a picture for each group of layers
 * @param clusters of the hypercolumns
 * @param similarities a picture for each pixel
 * @param embedding of the hypercolumns
 */
public record Inspection(
        PickedFrame frame,
        InspectSettings settings,
        WeightsOrigin weights,
        EngineDescription engine,
        InputNumbers input,
        Optional<Predictions> predictions,
        Optional<String> noPredictions,
        List<LayerMaps> layers,
        List<ChosenMap> maps,
        List<LayerAverage> averages,
        Clusters clusters,
        List<Similarity> similarities,
        Embedding embedding) {
    /** Whether the weights are random, which every figure and page must say. */
    public boolean untrained() {
        return !weights.trained();
    }
}

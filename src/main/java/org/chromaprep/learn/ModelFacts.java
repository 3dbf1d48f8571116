package org.chromaprep.learn;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a model is from and what frames it knows: what must fit before it colours anything, and what made it.
 *
 * @param layers of the hypercolumns, by name, in order
 * @param preprocess how grey values become the network's input
 * @param weights SHA-256 of the network's weights, or their kind
 * @param size rows and columns of the network's input, which a film that it colours need not have
 * @param learnedFrom what the heads were fitted on: the data set's hash, or the reference pictures'
 * @param settings of the fit
 * @param metrics what it is worth on what it has not seen, beside grey and the mean colour; none where nothing was held out
 * @param version of the program that fitted it
 */
@JsonPropertyOrder({"layers", "preprocess", "weights", "size", "learned_from", "settings", "metrics", "version"})
public record ModelFacts(
        List<String> layers,
        String preprocess,
        String weights,
        List<Integer> size,
        @JsonProperty("learned_from") Map<String, String> learnedFrom,
        Map<String, String> settings,
        Map<String, Double> metrics,
        String version) {
    public ModelFacts {
        layers = List.copyOf(layers);
        size = List.copyOf(size);
        // Files of the same model have the same bytes, in whichever order its facts were put together.
        learnedFrom = Collections.unmodifiableMap(new TreeMap<>(learnedFrom));
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    }

    /**
     * Checks that frames are such as the model knows.
     *
     * @param own layers of their hypercolumns, by name, in order
     * @param ownPreprocess how their grey values became the network's input
     * @param ownWeights SHA-256 of the network's weights, or their kind
     * @throws ModelException if they are not; with a sentence for the user
     */
    public void check(List<String> own, String ownPreprocess, String ownWeights) throws ModelException {
        if (!layers.equals(own)) {
            throw new ModelException("The model knows hypercolumns of " + String.join(",", layers) + ", not of "
                    + String.join(",", own) + "; choose its layers, or train another.");
        }
        if (!weights.equals(ownWeights)) {
            throw new ModelException("The model was trained with other weights of the network (" + weights
                    + ") than those in use (" + ownWeights + "); choose those weights, or train another.");
        }
        if (!preprocess.equals(ownPreprocess)) {
            throw new ModelException("The model was trained with the preprocessing " + preprocess + ", not "
                    + ownPreprocess + "; choose the same, or train another.");
        }
    }
}

package org.chromaprep.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chromaprep.dataset.Split;
import org.chromaprep.learn.ModelFacts;

/**
 * What a model is worth on what it has not seen: the part {@code test}, or {@code val} where that is empty.
 *
 * @param part which
 * @param model its error: RMSE of a*, b*, averaged over frames
 * @param grey the same with everything grey
 * @param mean the same with everything in the mean colour of {@code train}
 * @param films the three for each film, by its name
 */
public record Worth(String part, double model, double grey, double mean, Map<String, List<Double>> films) {
    private static final String RMSE = "_rmse";
    private static final String GREY = "_grey";
    private static final String MEAN = "_mean";

    /** As a model's facts name it, without its films. */
    public static Worth of(ModelFacts facts) {
        var metrics = facts.metrics();
        var part = metrics.containsKey(Split.TEST.label() + RMSE) ? Split.TEST.label() : Split.VAL.label();
        return new Worth(
                part,
                metrics.getOrDefault(part + RMSE, Double.NaN),
                metrics.getOrDefault(part + GREY, Double.NaN),
                metrics.getOrDefault(part + MEAN, Double.NaN),
                Map.of());
    }

    /** The numbers that a model's facts name. */
    Map<String, Double> metrics() {
        var metrics = new LinkedHashMap<String, Double>();
        metrics.put(part + RMSE, model);
        metrics.put(part + GREY, grey);
        metrics.put(part + MEAN, mean);
        return metrics;
    }

    /** Whether the model is any good, as a sentence or two. */
    public String verdict() {
        var numbers = String.format(
                Locale.ROOT, "RMSE of a*, b* on %s: grey %.2f, mean colour %.2f, model %.2f.", part, grey, mean, model);
        if (model < Math.min(grey, mean)) {
            return numbers;
        }
        return numbers + " The model is worse than "
                + (model >= grey ? "leaving everything grey" : "giving everything the mean colour")
                + ": it has learned nothing that holds for these films.";
    }
}

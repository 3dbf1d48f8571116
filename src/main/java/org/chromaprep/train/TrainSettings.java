package org.chromaprep.train;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.chromaprep.learn.fit.FitSettings;

/**
 * How a model is trained.
 *
 * @param colours what the heads predict
 * @param heads of the ensemble, 1 to 16
 * @param fit of each head; the seeds of further heads are those after its own
 * @param check steps from one check on {@code val} to the next, at least 1
 * @param patience checks without a better one after which training ends, at least 1
 * @param rowsOfFrame rows that are drawn from a frame each time it is read, at least 1
 * @param uniform share of the even distribution in what rare classes of colours weigh, 0 to 1: Zhang's lambda; 1 weighs all alike
 * @param temperature of the annealed mean of classes, above 0, at most 1
 */
public record TrainSettings(
        Kind colours,
        int heads,
        FitSettings fit,
        int check,
        int patience,
        int rowsOfFrame,
        double uniform,
        double temperature) {
    private static final int MOST_HEADS = 16;

    /** What heads predict. */
    public enum Kind {
        /** a*, b* as two numbers. */
        REGRESSION,
        /** Classes of a*, b*, as Zhang et al. */
        CLASSES,
        /** Histograms of hue and of chroma, as Larsson et al. */
        HISTOGRAMS
    }

    /**
     * @throws IllegalArgumentException if a number is out of range
     */
    public TrainSettings {
        if (heads < 1 || heads > MOST_HEADS) {
            throw new IllegalArgumentException("`heads` must be 1 to " + MOST_HEADS + ", not " + heads + ".");
        }
        if (check < 1 || patience < 1 || rowsOfFrame < 1) {
            throw new IllegalArgumentException("`check`, `patience` and `rows-of-frame` must be 1 at least, not "
                    + check + ", " + patience + " and " + rowsOfFrame + ".");
        }
        if (!(uniform >= 0 && uniform <= 1)) {
            throw new IllegalArgumentException("`uniform` must be 0 to 1, not " + uniform + ".");
        }
        if (!(temperature > 0 && temperature <= 1)) {
            throw new IllegalArgumentException("`temperature` must be above 0 and at most 1, not " + temperature + ".");
        }
    }

    /** By the names of options, for a model's provenance. */
    public Map<String, String> described() {
        var all = new LinkedHashMap<String, String>();
        all.put("target", colours.name().toLowerCase(Locale.ROOT));
        all.put("heads", String.valueOf(heads));
        all.put("hidden", String.valueOf(fit.hidden()));
        all.put("steps", String.valueOf(fit.steps()));
        all.put("rows", String.valueOf(fit.rows()));
        all.put("rate", String.valueOf(fit.rate()));
        all.put("decay", String.valueOf(fit.decay()));
        all.put("seed", String.valueOf(fit.seed()));
        all.put("check", String.valueOf(check));
        all.put("patience", String.valueOf(patience));
        all.put("rows-of-frame", String.valueOf(rowsOfFrame));
        if (colours == Kind.CLASSES) {
            all.put("uniform", String.valueOf(uniform));
            all.put("temperature", String.valueOf(temperature));
        }
        return all;
    }
}

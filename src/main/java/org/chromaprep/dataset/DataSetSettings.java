package org.chromaprep.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/**
 * How films are packed into a data set.
 *
 * @param unit what is never divided
 * @param train share of the units
 * @param val share of the units
 * @param test share of the units; the three sum to 1
 * @param seed of the draw
 * @param shardBytes a shard's largest size in bytes
 * @param targetsRequired whether films without colour targets are left out
 * @param minChange a sample is left out if its perceptual hash differs by fewer bits than this, of 64, from that of any
 *     sample taken before, of any film; empty to take all
 */
public record DataSetSettings(
        Split.Unit unit,
        double train,
        double val,
        double test,
        long seed,
        @JsonProperty("shard_bytes") long shardBytes,
        @JsonProperty("targets_required") boolean targetsRequired,
        @JsonProperty("min_change") Optional<Integer> minChange) {
    private static final int MOST_BITS = 32;
    private static final double SLACK = 1e-9;
    private static final double ROUNDING = 1e6;

    /**
     * @throws IllegalArgumentException if the shares do not sum to 1 or a number is out of range
     */
    public DataSetSettings {
        if (train < 0 || val < 0 || test < 0 || Math.abs(train + val + test - 1) > SLACK) {
            throw new IllegalArgumentException(
                    "The shares of train, val and test must sum to 100, not to " + percent(train + val + test) + ".");
        }
        if (shardBytes < 1) {
            throw new IllegalArgumentException("`shard-size` must be at least 1 byte, not " + shardBytes + ".");
        }
        if (minChange.isPresent() && (minChange.get() < 1 || minChange.get() > MOST_BITS)) {
            throw new IllegalArgumentException(
                    "`min-change` must be 1 to " + MOST_BITS + " bits, not " + minChange.get() + ".");
        }
    }

    /** As the options of {@code dataset build} say it. */
    String options() {
        return String.format(
                Locale.ROOT,
                "`split` %s `shares` %s,%s,%s `split-seed` %d `shard-size` %d `targets` %s%s",
                unit.name().toLowerCase(Locale.ROOT),
                percent(train),
                percent(val),
                percent(test),
                seed,
                shardBytes,
                targetsRequired ? "required" : "any",
                minChange.map(bits -> " `min-change` " + bits).orElse(""));
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(Math.round(ROUNDING * 100 * share) / ROUNDING)
                .stripTrailingZeros()
                .toPlainString();
    }

    double[] shares() {
        return new double[] {train, val, test};
    }
}

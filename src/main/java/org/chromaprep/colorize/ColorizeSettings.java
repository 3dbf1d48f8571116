package org.chromaprep.colorize;

/**
 * How a film's colours are learned.
 *
 * @param withFlow whether colours are carried along the optical flow
 * @param spread what colours shots without a reference get
 * @param seed of the first weights and of the pixels drawn
 */
public record ColorizeSettings(boolean withFlow, Spread spread, long seed) {
    /** What colours shots without a reference get. */
    public enum Spread {
        /** None: they stay grey, and the ledger says so. */
        NONE,
        /** Those that were learned from all references of the film together. */
        POOLED,
        /** Those that were learned from the references of the shot that looks most like it. */
        SIMILAR
    }
}

package org.chromaprep.cluster;

import org.chromaprep.hypercolumn.StratifiedSampling;

/**
 * A small random number generator whose numbers are the same in every Java version.
 *
 * <p>G. Steele, D. Lea and C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, with the mixing
 * constants of D. Stafford's variant 13.
 */
final class SplitMix64 {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** A stream of its own for each pair. */
    SplitMix64(long seed, long frame) {
        state = StratifiedSampling.mix(StratifiedSampling.mix(seed + GOLDEN_GAMMA) ^ frame);
    }

    /** Uniform in [0, 1), in steps of 2^-53. */
    double nextDouble() {
        state += GOLDEN_GAMMA;
        return (StratifiedSampling.mix(state) >>> 11) * 0x1p-53;
    }
}

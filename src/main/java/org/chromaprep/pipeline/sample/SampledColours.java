package org.chromaprep.pipeline.sample;

/** a*, b* of sampled pixels. Stateless. */
final class SampledColours {
    private SampledColours() {}

    /** Copies the pairs of chosen pixels, one after the other. */
    static void pick(float[] ab, int[] pixels, float[] into) {
        for (int i = 0; i < pixels.length; i++) {
            into[2 * i] = ab[2 * pixels[i]];
            into[2 * i + 1] = ab[2 * pixels[i] + 1];
        }
    }
}

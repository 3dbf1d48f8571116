package org.chromaprep.hypercolumn;

import java.util.SplittableRandom;

/** Feature maps for tests. */
public final class RandomMaps {
    private RandomMaps() {}

    /** A map of random numbers, half of them zero as after a ReLU. */
    public static FeatureMap of(String layer, int height, int width, int channels, SplittableRandom random) {
        var map = FeatureMap.allocate(layer, height, width, channels);
        for (int i = 0; i < height * width * channels; i++) {
            map.values().put(i, (float) Math.max(0, random.nextDouble(-1, 1)));
        }
        return map;
    }
}

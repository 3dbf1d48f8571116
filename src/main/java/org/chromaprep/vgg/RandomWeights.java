package org.chromaprep.vgg;

import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Untrained weights: kernels drawn from a normal distribution of mean 0 and variance 2 / inputs, biases 0.
 *
 * <p>Source: K. He et al., "Delving Deep into Rectifiers", equation 10. {@link Random} specifies its numbers, so a seed
 * gives the same weights on every machine.
 */
public final class RandomWeights {
    /** Numbers drawn from one generator; fixed, for the weights depend on it. */
    private static final int BLOCK = 1 << 14;

    private RandomWeights() {}

    /**
     * Draws the weights of all layers up to {@code deepest}; a layer's numbers do not depend on how deep that is.
     *
     * @return new weights of origin {@code random}, not trained, for {@link Preprocessing#CAFFE}
     */
    public static VggWeights of(long seed, VggLayer deepest) {
        var layers = new TreeMap<VggLayer, VggWeights.LayerWeights>();
        for (var layer : deepest.upToHere()) {
            if (layer.hasWeights()) {
                var numbers = layer.numbers();
                layers.put(numbers, new VggWeights.LayerWeights(kernel(seed, numbers), new float[numbers.channels()]));
            }
        }
        var origin = new WeightsOrigin("random", "random:" + seed, Hashes.ofArrays(layers), false);
        return new VggWeights(origin, Preprocessing.CAFFE, layers);
    }

    private static float[] kernel(long seed, VggLayer layer) {
        var kernel = new float[layer.kernelLength()];
        double deviation = Math.sqrt(2.0 * layer.channels() / kernel.length);
        IntStream.range(0, (kernel.length + BLOCK - 1) / BLOCK).parallel().forEach(block -> {
            var random = new Random(mix(mix(seed) + ((long) layer.place() << 32) + block));
            int end = Math.min(kernel.length, (block + 1) * BLOCK);
            for (int i = block * BLOCK; i < end; i++) {
                kernel[i] = (float) (random.nextGaussian() * deviation);
            }
        });
        return kernel;
    }

    /** The finisher of SplitMix64: neighbouring seeds must not give neighbouring numbers. */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}

package org.chromaprep.engine;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;
import org.chromaprep.vgg.WeightsOrigin;

/** VGG-16 written down as the paper tells it, in double precision: the reference that engines are tested against. */
public final class NaiveVgg {
    private static final int STRIPE = 256;

    private NaiveVgg() {}

    /** Random weights of trained ones' size, for the layers up to one. */
    public static VggWeights randomWeights(long seed, VggLayer deepest) {
        var random = new SplittableRandom(seed);
        var layers = new TreeMap<VggLayer, VggWeights.LayerWeights>();
        for (var layer : deepest.upToHere()) {
            if (layer.hasWeights()) {
                var inputs = layer.kernelLength() / layer.channels();
                var bound = Math.sqrt(6.0 / inputs);
                layers.put(
                        layer,
                        new VggWeights.LayerWeights(
                                floats(layer.kernelLength(), bound, random), floats(layer.channels(), 5, random)));
            }
        }
        return new VggWeights(new WeightsOrigin("random", "random:" + seed, "", false), Preprocessing.CAFFE, layers);
    }

    private static float[] floats(int count, double bound, SplittableRandom random) {
        var numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-bound, bound);
        }
        return numbers;
    }

    /** Every layer's map up to the deepest one, in height, width, channel order. */
    public static Map<VggLayer, double[]> forward(
            VggWeights weights, VggLayer deepest, double[] input, int height, int width) {
        var maps = new TreeMap<VggLayer, double[]>();
        var from = input;
        var h = height;
        var w = width;
        for (var layer : deepest.upToHere()) {
            from = switch (layer.kind()) {
                case CONVOLUTION -> convolution(weights.of(layer), layer, from, h, w);
                case POOLING -> pooling(layer.channels(), from, h, w);
                case DENSE -> dense(weights.of(layer), layer, from);
            };
            if (layer.kind() == VggLayer.Kind.POOLING) {
                h /= 2;
                w /= 2;
            }
            maps.put(layer, from);
        }
        return maps;
    }

    /** A convolution of a map in height, width, channel order, with zeros around it, and its ReLU. */
    static double[] convolution(VggWeights.LayerWeights weights, VggLayer layer, double[] from, int h, int w) {
        var side = layer.side();
        var in = layer.inputChannels();
        var out = layer.channels();
        var to = new double[h * w * out];
        IntStream.range(0, h).parallel().forEach(y -> {
            for (int x = 0; x < w; x++) {
                for (int o = 0; o < out; o++) {
                    to[(y * w + x) * out + o] = weights.bias()[o];
                }
                for (int dy = 0; dy < side; dy++) {
                    for (int dx = 0; dx < side; dx++) {
                        var sy = y + dy - side / 2;
                        var sx = x + dx - side / 2;
                        if (sy < 0 || sx < 0 || sy >= h || sx >= w) {
                            continue;
                        }
                        for (int i = 0; i < in; i++) {
                            var value = from[(sy * w + sx) * in + i];
                            for (int o = 0; o < out; o++) {
                                to[(y * w + x) * out + o] +=
                                        value * weights.kernel()[((dy * side + dx) * in + i) * out + o];
                            }
                        }
                    }
                }
                for (int o = 0; o < out; o++) {
                    to[(y * w + x) * out + o] = Math.max(0, to[(y * w + x) * out + o]);
                }
            }
        });
        return to;
    }

    /** The maxima of 2x2 pixels of a map in height, width, channel order. */
    static double[] pooling(int channels, double[] from, int h, int w) {
        var to = new double[(h / 2) * (w / 2) * channels];
        for (int y = 0; y < h / 2; y++) {
            for (int x = 0; x < w / 2; x++) {
                for (int c = 0; c < channels; c++) {
                    var most = Double.NEGATIVE_INFINITY;
                    for (int corner = 0; corner < 4; corner++) {
                        most = Math.max(most, from[((2 * y + corner / 2) * w + 2 * x + corner % 2) * channels + c]);
                    }
                    to[(y * (w / 2) + x) * channels + c] = most;
                }
            }
        }
        return to;
    }

    /** A fully connected layer of a map in height, width, channel order. */
    public static double[] dense(VggWeights.LayerWeights weights, VggLayer layer, double[] from) {
        var out = layer.channels();
        var to = new double[out];
        // A few outputs at a time, so that the kernel is read in its own order.
        IntStream.rangeClosed(0, (out - 1) / STRIPE).parallel().forEach(stripe -> {
            var end = Math.min(out, (stripe + 1) * STRIPE);
            for (int o = stripe * STRIPE; o < end; o++) {
                to[o] = weights.bias()[o];
            }
            for (int i = 0; i < layer.inputChannels(); i++) {
                for (int o = stripe * STRIPE; o < end; o++) {
                    to[o] += from[i] * weights.kernel()[i * out + o];
                }
            }
            for (int o = stripe * STRIPE; o < end && layer != Vgg16.FC8; o++) {
                to[o] = Math.max(0, to[o]);
            }
        });
        return to;
    }
}

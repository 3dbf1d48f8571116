package org.chromaprep.engine.winograd;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.FloatPointer;
import org.chromaprep.engine.pytorch.ConvolutionShape;
import org.chromaprep.engine.pytorch.OneDnn;
import org.chromaprep.engine.pytorch.PackedConvolution;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.vgg.RandomWeights;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;

/**
 * Times each layer of a 224x224 frame directly and by transforms, in turns, on one thread: the least time on a processor. Deep
 * layers by transforms take two frames together.
 *
 * <p>Arguments: turns (40), width and height of the network's input (224 224).
 */
public final class LayerBenchmark {
    private LayerBenchmark() {}

    public static void main(String[] args) {
        var turns = args.length > 0 ? Integer.parseInt(args[0]) : 40;
        var width = args.length > 1 ? Integer.parseInt(args[1]) : 224;
        var height = args.length > 2 ? Integer.parseInt(args[2]) : 224;
        var weights = RandomWeights.of(0, Vgg16.CONV5_3);
        var direct = 0.0;
        var transformed = 0.0;
        try (var oneDnn = OneDnn.open()) {
            OneDnn.useThreads(1);
            for (var layer : Vgg16.CONV5_3.upToHere()) {
                if (layer.kind() == VggLayer.Kind.CONVOLUTION && layer != Vgg16.CONV1_1) {
                    var times =
                            times(oneDnn, layer, weights.of(layer), layer.mapSize(height), layer.mapSize(width), turns);
                    System.out.printf(
                            Locale.ROOT,
                            "%s %3d -> %3d, %dx%d: direct %6.2f ms, transformed %6.2f ms, %.2f%n",
                            layer.layerName(),
                            layer.inputChannels(),
                            layer.channels(),
                            layer.mapSize(width),
                            layer.mapSize(height),
                            times[0],
                            times[1],
                            times[1] / times[0]);
                    direct += times[0];
                    transformed += times[1];
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "all: direct %.1f ms, transformed %.1f ms, %.3f%n",
                direct,
                transformed,
                transformed / direct);
    }

    private static double[] times(
            OneDnn oneDnn, VggLayer layer, VggWeights.LayerWeights weights, int height, int width, int turns) {
        var frames = WinogradConvolution.isSmall(height, width) ? 2 : 1;
        var map = FeatureMap.allocate("direct", height, width, layer.channels());
        var numbers = random(height * width * layer.inputChannels());
        var shape = new ConvolutionShape(1, layer.inputChannels(), layer.channels(), 3, height, width, 1, 1, true);
        try (var kernel = new FloatPointer(outputsFirst(layer, weights.kernel()));
                var direct = new PackedConvolution(oneDnn, shape, kernel, Optional.of(weights.bias()));
                var memory = new FloatPointer(numbers);
                var input = direct.input(memory);
                var transformed = new WinogradConvolution(oneDnn, layer, weights, height, width, frames);
                var patchMemory = new FloatPointer(transformed.patchNumbers());
                var patches = transformed.products().input(patchMemory)) {
            var from = map(height, width, layer.inputChannels());
            for (var y = 0; y < height; y++) {
                from.read(y, memory.asBuffer(), y * width * layer.inputChannels());
            }
            var output = new LayerOutput(
                    height,
                    width,
                    layer.channels(),
                    Optional.of(map(height, width, layer.channels())),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    new LayerOutput.Scratch(PhaseMap.strips(width, layer.channels())));
            var space = new WinogradConvolution.Space();
            var froms = Collections.nCopies(frames, from);
            var outputs = Collections.nCopies(frames, output);
            List<Runnable> subjects = List.of(
                    () -> direct.apply(input, result -> map.values().put(0, result.get(0))),
                    () -> transformed.run(froms, RowSource.READY, outputs, space, patches));
            var least = least(subjects, turns);
            return new double[] {least[0], least[1] / frames};
        }
    }

    private static double[] least(List<Runnable> subjects, int turns) {
        var threads = ManagementFactory.getThreadMXBean();
        var least = new double[subjects.size()];
        Arrays.fill(least, Double.MAX_VALUE);
        for (var turn = 0; turn < turns; turn++) {
            for (var i = 0; i < least.length; i++) {
                var begin = threads.getCurrentThreadCpuTime();
                subjects.get(i).run();
                least[i] = Math.min(least[i], (threads.getCurrentThreadCpuTime() - begin) / 1e6);
            }
        }
        return least;
    }

    private static PhaseMap map(int height, int width, int channels) {
        return new PhaseMap(height, width, channels, PhaseMap.rows(height, PhaseMap.strips(width, channels)));
    }

    private static float[] random(int count) {
        var random = new SplittableRandom(1);
        var numbers = new float[count];
        for (var i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble();
        }
        return numbers;
    }

    private static float[] outputsFirst(VggLayer layer, float[] hwio) {
        var result = new float[hwio.length];
        for (var i = 0; i < hwio.length; i++) {
            var in = i / layer.channels() % layer.inputChannels();
            var place = i / layer.channels() / layer.inputChannels();
            result[(i % layer.channels() * layer.inputChannels() + in) * 9 + place] = hwio[i];
        }
        return result;
    }
}

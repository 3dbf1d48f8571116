package org.chromaprep.bench;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.chromaprep.api.ChromaPrep;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.NetworkInput;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;

/** What is measured: the default layers of a 224x224 frame unless a figure says otherwise. */
final class Workload {
    static final int SIZE = 224;
    static final List<VggLayer> LAYERS =
            List.of(Vgg16.CONV1_2, Vgg16.CONV2_2, Vgg16.CONV3_3, Vgg16.CONV4_3, Vgg16.CONV5_3);

    private Workload() {}

    /** The default network on an input of that size. */
    static NetworkPlan plan(int height, int width) {
        return new NetworkPlan(LAYERS, height, width);
    }

    /**
     * Opens an engine as library users do.
     *
     * @return the caller closes it
     * @throws org.chromaprep.engine.EngineException if it cannot run here
     */
    static ChromaPrep open(EngineChoice choice, NetworkPlan plan, VggWeights weights) {
        return ChromaPrep.builder()
                .engine(choice.engine())
                .device(choice.device())
                .precision(choice.precision())
                .threads(choice.threadsPerWorker())
                .batch(choice.batch())
                .open(plan, weights);
    }

    /** A network input of random numbers. */
    static FloatBuffer input(int height, int width) {
        var random = new SplittableRandom(1);
        var input = NetworkInput.allocate(height * width);
        for (int i = 0; i < input.capacity(); i++) {
            input.put(i, (float) random.nextDouble(-120, 150));
        }
        return input;
    }

    /** Smooth maps with some noise, as those of pictures are. */
    static List<FeatureMap> maps(List<VggLayer> layers, int height, int width) {
        var random = new SplittableRandom(2);
        return layers.stream().map(layer -> map(layer, height, width, random)).toList();
    }

    private static FeatureMap map(VggLayer layer, int height, int width, SplittableRandom random) {
        var map = FeatureMap.allocate(layer.layerName(), layer.mapSize(height), layer.mapSize(width), layer.channels());
        var waves = random.doubles(3L * layer.channels(), 0, 6).toArray();
        for (var p = 0; p < map.positions(); p++) {
            var x = (double) (p % map.width()) / map.width();
            var y = (double) (p / map.width()) / map.height();
            for (var c = 0; c < map.channels(); c++) {
                var value =
                        Math.sin(waves[3 * c] * x + waves[3 * c + 1] * y + waves[3 * c + 2]) + random.nextDouble(0.5);
                map.values().put(p * map.channels() + c, (float) Math.max(0, value));
            }
        }
        return map;
    }

    /** The bytes of some maps. */
    static long bytes(List<FeatureMap> maps) {
        return maps.stream()
                .mapToLong(map -> (long) Float.BYTES * map.positions() * map.channels())
                .sum();
    }
}

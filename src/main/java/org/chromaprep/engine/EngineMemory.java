package org.chromaprep.engine;

import org.chromaprep.vgg.VggLayer;

/**
 * What an engine takes of the machine's memory, known before it is opened, without its libraries' own.
 *
 * @param engine as long as it is open
 * @param opening while it opens: what is there then alone, as are the weights as they were read, and the engine's
 * @param worker one {@link ForwardWorker}'s
 * @param frame one {@link FrameFeatures}'
 * @param batch frames that a worker computes together
 */
public record EngineMemory(MemoryUse engine, MemoryUse opening, MemoryUse worker, MemoryUse frame, int batch) {
    /** Numbers of a kernel's layer, its bias included. */
    private static long numbers(VggLayer layer) {
        return layer.hasWeights() ? (long) layer.kernelLength() + layer.channels() : 0;
    }

    /** Bytes of a network's weights in single precision, up to the deepest layer of a plan; 0 without a network. */
    public static long weights(NetworkPlan plan) {
        return plan.isEmpty()
                ? 0
                : Float.BYTES
                        * plan.deepest().upToHere().stream()
                                .mapToLong(EngineMemory::numbers)
                                .sum();
    }

    /** Bytes of a layer's map in single precision. */
    public static long map(VggLayer layer, NetworkPlan plan) {
        return (long) Float.BYTES * layer.mapSize(plan.height()) * layer.mapSize(plan.width()) * layer.channels();
    }

    /** Bytes of the maps that a plan asks for, in single precision. */
    public static long maps(NetworkPlan plan) {
        return plan.layers().stream().mapToLong(layer -> map(layer, plan)).sum();
    }

    /** Bytes of the largest map and the one that it is computed from, up to the deepest layer of a plan, in single precision. */
    public static long largestStep(NetworkPlan plan) {
        var largest = 0L;
        var before = (long) Float.BYTES * plan.height() * plan.width() * 3;
        for (var layer : plan.deepest().upToHere()) {
            var map = map(layer, plan);
            largest = Math.max(largest, before + map);
            before = map;
        }
        return largest;
    }
}

package org.chromaprep.engine.nd4j;

import org.bytedeco.javacpp.FloatPointer;
import org.chromaprep.hypercolumn.FeatureMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J arrays over memory of ours: no copy, and ND4J does not free it. */
final class Arrays4 {
    private Arrays4() {}

    /** The map as an array of shape 1 x height x width x channels; the map must outlive it. */
    static INDArray over(FeatureMap map) {
        return over(map, 1, map.height(), map.width(), map.channels());
    }

    /** The map's numbers as an array of that shape, which must have as many; the map must outlive it. */
    static INDArray over(FeatureMap map, long... shape) {
        var length = (long) map.positions() * map.channels();
        var buffer = Nd4j.createBuffer(new FloatPointer(map.values()), length, DataType.FLOAT);
        return Nd4j.create(buffer, shape);
    }

    /** A new array in memory of ours, for weights. */
    static INDArray copyOf(float[] numbers, String name, long... shape) {
        var map = FeatureMap.allocate(name, numbers.length, 1, 1);
        map.values().put(0, numbers);
        return over(map, shape);
    }
}

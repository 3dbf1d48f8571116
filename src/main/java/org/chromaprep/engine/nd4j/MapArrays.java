package org.chromaprep.engine.nd4j;

import org.chromaprep.hypercolumn.FeatureMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How the numbers of a map get to the arrays that ND4J computes on, and back. */
interface MapArrays {
    /** An array for the map's numbers, which has as many; the map must outlive it. What it holds is undefined. */
    INDArray of(FeatureMap map, long... shape);

    /** An array of shape 1 x height x width x channels for the map's numbers. */
    default INDArray of(FeatureMap map) {
        return of(map, 1, map.height(), map.width(), map.channels());
    }

    /** Makes the array hold the map's numbers. */
    void upload(FeatureMap map, INDArray array);

    /** Makes the map hold the array's numbers. */
    void download(INDArray array, FeatureMap map);

    /** A new array of these numbers, for weights. */
    default INDArray copyOf(float[] numbers, String name, long... shape) {
        var map = FeatureMap.allocate(name, numbers.length, 1, 1);
        map.values().put(0, numbers);
        var array = of(map, shape);
        upload(map, array);
        return array;
    }
}

package org.chromaprep.engine.nd4j;

import org.chromaprep.hypercolumn.FeatureMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's operations on a graphics card work in memory of its own; numbers are copied there and back. */
final class DeviceArrays implements MapArrays {
    @Override
    public INDArray of(FeatureMap map, long... shape) {
        return Nd4j.create(DataType.FLOAT, shape);
    }

    @Override
    public void upload(FeatureMap map, INDArray array) {
        var numbers = new float[Math.toIntExact(array.length())];
        map.values().get(0, numbers);
        array.assign(Nd4j.createFromArray(numbers).reshape(array.shape()));
    }

    @Override
    public void download(INDArray array, FeatureMap map) {
        map.values().put(0, array.reshape(array.length()).toFloatVector());
    }
}

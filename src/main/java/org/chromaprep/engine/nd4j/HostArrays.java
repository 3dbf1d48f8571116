package org.chromaprep.engine.nd4j;

import org.bytedeco.javacpp.FloatPointer;
import org.chromaprep.hypercolumn.FeatureMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's operations on the processor work in our own maps: no copy, and ND4J does not free them. */
final class HostArrays implements MapArrays {
    @Override
    public INDArray of(FeatureMap map, long... shape) {
        var length = (long) map.positions() * map.channels();
        var buffer = Nd4j.createBuffer(new FloatPointer(map.values()), length, DataType.FLOAT);
        return Nd4j.create(buffer, shape);
    }

    @Override
    public void upload(FeatureMap map, INDArray array) {}

    @Override
    public void download(INDArray array, FeatureMap map) {}
}

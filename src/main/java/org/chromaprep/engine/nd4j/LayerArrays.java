package org.chromaprep.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One layer's weights as ND4J takes them, shared by all workers and only read.
 *
 * @param kernel HWIO for convolutions, inputs x outputs for fully connected layers
 * @param bias a number a channel
 */
record LayerArrays(INDArray kernel, INDArray bias) {}

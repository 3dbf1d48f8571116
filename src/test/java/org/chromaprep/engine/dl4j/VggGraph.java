package org.chromaprep.engine.dl4j;

import java.nio.FloatBuffer;
import java.util.Map;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** VGG-16's convolutions and pools as DeepLearning4J builds them: a {@link ComputationGraph}, channels first. */
public final class VggGraph {
    private final ComputationGraph graph;

    /** Builds the graph up to a layer and hands it the weights. */
    public VggGraph(VggWeights weights, VggLayer deepest, int height, int width) {
        var builder = new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .graphBuilder()
                .addInputs("input");
        var from = "input";
        for (var layer : deepest.upToHere()) {
            builder.addLayer(
                    layer.layerName(),
                    switch (layer.kind()) {
                        case CONVOLUTION ->
                            new ConvolutionLayer.Builder(3, 3)
                                    .nIn(layer.inputChannels())
                                    .nOut(layer.channels())
                                    .convolutionMode(ConvolutionMode.Same)
                                    .activation(Activation.RELU)
                                    .build();
                        case POOLING ->
                            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                                    .kernelSize(2, 2)
                                    .stride(2, 2)
                                    .build();
                        case DENSE ->
                            throw new IllegalArgumentException(
                                    "The graph ends before the fully connected layers, of which " + layer.layerName()
                                            + " is one.");
                    },
                    from);
            from = layer.layerName();
        }
        var configuration = builder.addLayer(
                        "end",
                        new CnnLossLayer.Builder()
                                .activation(Activation.IDENTITY)
                                .build(),
                        from)
                .setOutputs("end")
                .setInputTypes(InputType.convolutional(height, width, 3))
                .build();
        graph = new ComputationGraph(configuration);
        graph.init();
        deepest.upToHere().stream().filter(VggLayer::hasWeights).forEach(layer -> {
            var numbers = weights.of(layer);
            var kernel = Nd4j.createFromArray(numbers.kernel())
                    .reshape(3, 3, layer.inputChannels(), layer.channels())
                    .permute(3, 2, 0, 1);
            graph.getLayer(layer.layerName()).setParam("W", kernel.dup('c'));
            graph.getLayer(layer.layerName())
                    .setParam("b", Nd4j.createFromArray(numbers.bias()).reshape(1, layer.channels()));
        });
    }

    /** A frame as the graph takes it, 1 x channels x height x width, from interleaved channels. */
    public static INDArray input(FloatBuffer frame, int height, int width) {
        var numbers = new float[height * width * 3];
        frame.get(0, numbers);
        return Nd4j.createFromArray(numbers)
                .reshape(1, height, width, 3)
                .permute(0, 3, 1, 2)
                .dup('c');
    }

    /** Every layer's output, 1 x channels x height x width, by layer name. */
    public Map<String, INDArray> forward(INDArray input) {
        return graph.feedForward(input, false);
    }

    /** One layer's map of a forward, height x width x channels. */
    public static double[] map(Map<String, INDArray> outputs, VggLayer layer) {
        return outputs.get(layer.layerName())
                .permute(0, 2, 3, 1)
                .dup('c')
                .reshape(-1)
                .toDoubleVector();
    }
}

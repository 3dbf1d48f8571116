package org.chromaprep.learn.fit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.FloatPointer;
import org.chromaprep.learn.Dense;
import org.chromaprep.learn.Head;
import org.chromaprep.learn.Place;
import org.chromaprep.learn.Standardisation;
import org.chromaprep.learn.Target;
import org.chromaprep.learn.Target.HueAndChroma;
import org.chromaprep.learn.Target.Regression;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A head while it is fitted: DeepLearning4J's {@link MultiLayerNetwork}, fed batch by batch. The same settings and batches
 * give the same head, bit for bit, on one machine; and so does a fit that was restored from the {@link #state} of another.
 * ND4J frees the memory by the garbage collector. One thread at a time; different fits may run side by side.
 */
public final class Fit {
    /** Differences of a*, b* up to which the loss of colours as numbers is a parabola. */
    private static final double BEND = 5;

    private static final int HIDDEN_LAYERS = 2;

    private final FitSettings settings;
    private final Standardisation standardisation;
    private final Target target;
    private final int inputs;
    private final MultiLayerNetwork network;
    private final INDArray inputRows;
    private final INDArray labelRows;

    /**
     * @param standardisation of the features, which the rows to come have been through
     * @param target what the head is to predict
     * @throws FitException if DeepLearning4J or its natives cannot be loaded, or there is no memory
     */
    public Fit(FitSettings settings, Standardisation standardisation, Target target) {
        this.settings = settings;
        this.standardisation = standardisation;
        this.target = target;
        inputs = standardisation.features() + Place.INPUTS;
        try {
            network = network();
            network.init(firstWeights(), false);
            inputRows = Nd4j.createUninitialized(DataType.FLOAT, settings.rows(), inputs);
            labelRows = Nd4j.createUninitialized(DataType.FLOAT, settings.rows(), target.outputs());
        } catch (LinkageError | OutOfMemoryError e) {
            throw new FitException(
                    "DeepLearning4J cannot fit a head here (" + e + "); check that ND4J's natives of this operating"
                            + " system are installed, and free memory.",
                    e);
        }
    }

    private MultiLayerNetwork network() {
        // DeepLearning4J divides the rows' gradient by their number itself.
        var list = new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .updater(new Adam(new OneCycle(settings.rate(), settings.steps())))
                .weightDecay(settings.decay(), true)
                .activation(Activation.RELU)
                .list();
        var from = inputs;
        for (var layer = 0; layer < HIDDEN_LAYERS; layer++) {
            list.layer(
                    new DenseLayer.Builder().nIn(from).nOut(settings.hidden()).build());
            from = settings.hidden();
        }
        return new MultiLayerNetwork(list.layer(new OutputLayer.Builder(loss())
                        .nIn(from)
                        .nOut(target.outputs())
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
    }

    private RowLoss loss() {
        if (target instanceof Regression) {
            return new SmoothL1(BEND / Regression.SCALE);
        }
        return new SoftmaxGroups(target instanceof HueAndChroma ? 2 : 1);
    }

    // Evenly spread within one over the root of the inputs, as PyTorch begins;
    // not by ND4J's generator, which is the process's.
    private INDArray firstWeights() {
        var random = new SplittableRandom(settings.seed());
        var numbers = new ArrayList<float[]>();
        for (var size : sizes()) {
            var reach = 1 / Math.sqrt(size[0]);
            var layer = new float[size[0] * size[1] + size[1]];
            for (var i = 0; i < layer.length; i++) {
                layer[i] = (float) (reach * (2 * random.nextDouble() - 1));
            }
            numbers.add(layer);
        }
        var all = new float[numbers.stream().mapToInt(layer -> layer.length).sum()];
        var at = 0;
        for (var layer : numbers) {
            System.arraycopy(layer, 0, all, at, layer.length);
            at += layer.length;
        }
        return Nd4j.createFromArray(all).reshape(1, all.length);
    }

    private List<int[]> sizes() {
        return List.of(
                new int[] {inputs, settings.hidden()},
                new int[] {settings.hidden(), settings.hidden()},
                new int[] {settings.hidden(), target.outputs()});
    }

    /** Steps taken so far. */
    public int steps() {
        return network.getIterationCount();
    }

    /** The largest row: standardised features, then the place. */
    public int inputs() {
        return inputs;
    }

    /** Numbers of a label. */
    public int outputs() {
        return target.outputs();
    }

    /**
     * Takes a step.
     *
     * @param rows as many as the settings say, of {@link #inputs} numbers each
     * @param labels as many, of the target's outputs each
     * @return the mean loss of the rows before the step
     * @throws IllegalArgumentException if an array is too short
     * @throws FitException if the loss or a weight is no longer a finite number
     */
    public double step(float[] rows, float[] labels) {
        fill(rows, inputRows);
        fill(labels, labelRows);
        network.fit(inputRows, labelRows);
        var loss = network.score();
        if (!Double.isFinite(loss)) {
            throw new FitException(String.format(
                    Locale.ROOT,
                    "The loss was %f at step %d of the fit; look at the data for"
                            + " features or colours that are not numbers, or fit at a lower rate than %s.",
                    loss,
                    steps(),
                    settings.rate()));
        }
        return loss;
    }

    private static void fill(float[] from, INDArray into) {
        var length = Math.toIntExact(into.length());
        if (from.length < length) {
            throw new IllegalArgumentException("A batch has " + length + " numbers, not " + from.length + ".");
        }
        try (var memory = new FloatPointer(into.data().pointer())) {
            memory.put(from, 0, length);
        }
    }

    /**
     * What the head predicts for rows as it is now.
     *
     * @param rows as many as the settings say, of {@link #inputs} numbers each
     * @return as many rows of the target's outputs
     * @throws IllegalArgumentException if the array is too short
     */
    public float[] outputs(float[] rows) {
        fill(rows, inputRows);
        return network.output(inputRows).dup('c').data().asFloat();
    }

    /** The gradient of the rows' mean loss by all weights, as DeepLearning4J lays them out. */
    float[] gradient(float[] rows, float[] labels) {
        fill(rows, inputRows);
        fill(labels, labelRows);
        network.setInput(inputRows);
        network.setLabels(labelRows);
        network.computeGradientAndScore();
        return network.getFlattenedGradients().div(settings.rows()).toFloatVector();
    }

    /** The head as it is now. */
    public Head head() {
        var numbers = network.params().toFloatVector();
        var layers = new ArrayList<Dense>();
        var at = 0;
        for (var size : sizes()) {
            // DeepLearning4J keeps a layer's weights output by output, and its biases behind them.
            var weights = new float[size[0] * size[1]];
            var biases = new float[size[1]];
            System.arraycopy(numbers, at, weights, 0, weights.length);
            System.arraycopy(numbers, at + weights.length, biases, 0, biases.length);
            at += weights.length + biases.length;
            layers.add(dense(size[0], size[1], weights, biases));
        }
        return new Head(standardisation, layers, target);
    }

    private Dense dense(int from, int to, float[] weights, float[] biases) {
        try {
            return new Dense(from, to, weights, biases);
        } catch (IllegalArgumentException e) {
            throw new FitException(
                    "The fit ended with weights that are not numbers; look at the data, or fit at a lower rate than "
                            + settings.rate() + ".",
                    e);
        }
    }

    /** Everything that later steps depend on: the weights, AdamW's averages and the step. */
    public byte[] state() {
        var weights = network.params().toFloatVector();
        var averages = network.updaterState().toFloatVector();
        var bytes = ByteBuffer.allocate((3 + weights.length + averages.length) * Integer.BYTES);
        bytes.putInt(steps()).putInt(weights.length).putInt(averages.length);
        bytes.asFloatBuffer().put(weights).put(averages);
        return bytes.array();
    }

    /**
     * Goes on as the fit that the state was taken of.
     *
     * @throws IllegalArgumentException if the state is that of a fit of another shape
     */
    public void restore(byte[] state) {
        var bytes = ByteBuffer.wrap(state);
        var fits = state.length >= 3 * Integer.BYTES;
        var step = fits ? bytes.getInt() : 0;
        fits = fits
                && bytes.getInt() == network.numParams()
                && bytes.getInt() == network.updaterState().length()
                && bytes.remaining()
                        == (network.numParams() + network.updaterState().length()) * Float.BYTES;
        if (!fits) {
            throw new IllegalArgumentException("The state is that of a head of another shape.");
        }
        var numbers = bytes.asFloatBuffer();
        var weights = new float[Math.toIntExact(network.numParams())];
        var averages = new float[Math.toIntExact(network.updaterState().length())];
        numbers.get(weights).get(averages);
        network.setParams(Nd4j.createFromArray(weights).reshape(1, weights.length));
        network.getUpdater()
                .setStateViewArray(network, Nd4j.createFromArray(averages).reshape(1, averages.length), false);
        network.setIterationCount(step);
    }
}

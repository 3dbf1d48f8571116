package org.chromaprep.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.Frames;
import org.chromaprep.engine.NaiveVgg;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.inspect.InspectSettings.Normalisation;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.vgg.VggWeights;
import org.chromaprep.video.Fit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The way from pool5 over the fully connected layers to probabilities, against double precision. */
@Tag("slow")
class PredictionsTest {
    private static final Grid GRID = new Grid(224, 224);

    /** Random weights whose logits are a few units, so that no class takes all the probability. */
    private static VggWeights weights() {
        var weights = NaiveVgg.randomWeights(23, Vgg16.FC8);
        for (var numbers :
                List.of(weights.of(Vgg16.FC8).kernel(), weights.of(Vgg16.FC8).bias())) {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] *= 0.01f;
            }
        }
        return weights;
    }

    private static double[] expected(Engine engine, VggWeights weights, byte[] luma) {
        var input = ByteBuffer.allocateDirect(luma.length * 3 * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        Preprocessing.CAFFE.fromLuma(luma, input);
        try (var features = engine.newFrameFeatures(GRID);
                var worker = engine.newWorker()) {
            worker.forward(input, features);
            var numbers = Frames.doubles(features.map(Vgg16.POOL5));
            for (var layer : List.of(Vgg16.FC6, Vgg16.FC7, Vgg16.FC8)) {
                numbers = NaiveVgg.dense(weights.of(layer), layer, numbers);
            }
            return numbers;
        }
    }

    @Test
    void probabilitiesAreTheSoftmaxOfTheFullyConnectedLayers() {
        var weights = weights();
        var layers = List.of(Vgg16.POOL5, Vgg16.FC6);
        var settings = new InspectSettings(
                GRID,
                Fit.STRETCH,
                Preprocessing.CAFFE,
                layers,
                List.of(),
                List.of(layers),
                List.of(2),
                Optional.empty(),
                List.of(0),
                Normalisation.LAYER,
                16,
                new KMeansSettings(2, 5, 1e-4, 0));
        try (var chroma = Samples.open(settings, weights)) {
            var frame = Samples.frame("a.png", GRID);

            var inspection = new Inspector(settings, chroma).inspect(frame);

            var logits = expected(chroma.engine(), weights, frame.luma());
            var sum = Arrays.stream(logits).map(Math::exp).sum();
            var found = inspection.predictions().orElseThrow();
            for (int i = 0; i < logits.length; i++) {
                assertThat(found.probabilities()[i]).isCloseTo(Math.exp(logits[i]) / sum, within(1e-5));
            }
            var best = IntStream.range(0, logits.length)
                    .boxed()
                    .sorted((a, b) -> Double.compare(logits[b], logits[a]))
                    .limit(5)
                    .toList();
            assertThat(found.top()).extracting(Predictions.Guess::index).containsExactlyElementsOf(best);
            assertThat(found.top().get(0).name()).isEqualTo(ClassNames.all().get(best.get(0)));
            assertThat(found.top().get(0).probability()).isBetween(0.002, 0.9);
            assertThat(inspection.noPredictions()).isEmpty();
            // A fully connected layer is a map of one pixel, the same for every pixel of the grid.
            assertThat(inspection.layers().get(1).channels()).isEqualTo(4096);
            assertThat(inspection.layers().get(1).height()).isEqualTo(1);
        }
    }
}

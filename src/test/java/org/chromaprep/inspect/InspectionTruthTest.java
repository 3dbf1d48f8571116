package org.chromaprep.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.chromaprep.TestData;
import org.chromaprep.TruthArrays;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.inspect.InspectSettings.Normalisation;
import org.chromaprep.npy.NpyReader;
import org.chromaprep.vgg.DownloadProgress;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.vgg.Weights;
import org.chromaprep.vgg.WeightsEnvironment;
import org.chromaprep.video.Fit;
import org.chromaprep.video.source.FilmFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way from a picture file to averages and labels, with the real filters, against float64 references made elsewhere. */
@Tag("slow")
class InspectionTruthTest {
    private static final int SIZE = 224;

    private static Inspection inspect(Path picture, int clusters, int[] seeds, int pixel) throws Exception {
        var layers = List.of(Vgg16.CONV1_2, Vgg16.CONV2_2);
        var settings = new InspectSettings(
                new Grid(SIZE, SIZE),
                Fit.STRETCH,
                Preprocessing.CAFFE,
                layers,
                List.of(),
                List.of(layers),
                List.of(clusters),
                Optional.of(seeds),
                List.of(pixel),
                Normalisation.NONE,
                64,
                new KMeansSettings(2, 300, 0, 0));
        var places = WeightsEnvironment.of(Map.of(), "Linux", Path.of("/nonexistent"));
        var weights = Weights.load(TestData.path("weights").toString(), Vgg16.CONV2_2, places, DownloadProgress.NONE);
        var frame =
                new FramePicker(settings.grid(), settings.fit()).pick(new FilmFile(picture), new FrameChoice.Number(0));
        try (var chroma = Samples.open(settings, weights)) {
            return new Inspector(settings, chroma).inspect(frame);
        }
    }

    @ParameterizedTest
    @CsvSource({"chelsea_real_k2, 2", "astronaut_real_k4, 4"})
    void averagesLabelsAndSimilarityMeetTheReference(String name, int clusters) throws Exception {
        var file = name + ".npz";
        var starts = TruthArrays.read(file, "init_yx").values();
        var seeds = IntStream.range(0, clusters)
                .map(j -> (int) (starts[2 * j] * SIZE + starts[2 * j + 1]))
                .toArray();

        var places = TruthArrays.read(file, "pixels_yx").values();

        var found = inspect(TestData.path("truth/" + name + ".png"), clusters, seeds, pixel(places, 0));

        var average = TruthArrays.read(file, "average").values();
        assertThat(farthest(found.averages().get(0).average().values(), average))
                .isLessThan(1e-5 * greatest(average));
        var labels = TruthArrays.read(file, "labels").values();
        var partition = found.clusters().asked().get(0);
        assertThat(IntStream.range(0, labels.length)
                        .filter(i -> partition.labels()[i] != (int) labels[i])
                        .count())
                .isLessThanOrEqualTo(3);
        var inertia = TruthArrays.read(file, "inertia").values()[0];
        assertThat(partition.inertia()).isCloseTo(inertia, within(1e-6 * inertia));
        assertSimilarities(found.similarities().get(0), places, TruthArrays.read(file, "hypercolumns"));
    }

    private static int pixel(float[] places, int i) {
        return (int) (places[2 * i] * SIZE + places[2 * i + 1]);
    }

    /** The reference knows some pixels' hypercolumns; all are compared to the first. */
    private static void assertSimilarities(Similarity similarity, float[] places, NpyReader.FloatArray rows) {
        var features = rows.shape().get(1);
        for (int i = 0; i < rows.shape().get(0); i++) {
            var expected = cosine(rows.values(), 0, i * features, features);
            assertThat(similarity.cosine().values()[pixel(places, i)]).isCloseTo((float) expected, within(1e-5f));
        }
    }

    private static double cosine(float[] rows, int one, int other, int count) {
        var product = 0.0;
        var first = 0.0;
        var second = 0.0;
        for (int f = 0; f < count; f++) {
            product += (double) rows[one + f] * rows[other + f];
            first += (double) rows[one + f] * rows[one + f];
            second += (double) rows[other + f] * rows[other + f];
        }
        return product / Math.sqrt(first * second);
    }

    private static double farthest(float[] values, float[] expected) {
        return IntStream.range(0, expected.length)
                .mapToDouble(i -> Math.abs(values[i] - expected[i]))
                .max()
                .orElseThrow();
    }

    private static double greatest(float[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .max()
                .orElseThrow();
    }
}

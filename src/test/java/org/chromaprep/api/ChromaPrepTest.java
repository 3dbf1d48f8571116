package org.chromaprep.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.learn.Heads;
import org.chromaprep.learn.Model;
import org.chromaprep.learn.ModelException;
import org.chromaprep.learn.ModelFacts;
import org.chromaprep.learn.ModelFile;
import org.chromaprep.learn.NaiveHead;
import org.chromaprep.learn.Target.Regression;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.video.SourceException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class ChromaPrepTest {
    private static final String FILM = "lavfi:testsrc2=size=64x48:rate=5:duration=0.6";
    private static final int FEATURES = 64 + 128;

    private static ChromaPrep.Builder small() {
        return ChromaPrep.builder()
                .weights("random:3")
                .layers("conv1_1,conv2_1")
                .grid(48, 32)
                .clusters(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nd4j", "pytorch"})
    void aFilmGivesEachFrameItsHypercolumnsClustersAndScene(String engine) throws Exception {
        try (var chroma = small().engine(engine).open();
                var film = chroma.film(FILM)) {
            assertThat(chroma.layers()).containsExactly("conv1_1", "conv2_1");
            assertThat(chroma.features()).isEqualTo(FEATURES);
            var numbers = 0L;
            for (var frame = film.next(); frame.isPresent(); frame = film.next()) {
                var at = frame.get();
                assertThat(at.number()).isEqualTo(numbers++);
                assertThat(at.scene()).isZero();
                assertThat(at.luma()).hasSize(48 * 32);
                assertThat(at.clusterSizes()).hasSize(3).satisfies(sizes -> assertThat(sizes[0] + sizes[1] + sizes[2])
                        .isEqualTo(48 * 32));
                assertThat(at.hypercolumns(0, 100, 1535)).hasDimensions(3, FEATURES);
            }
            assertThat(numbers).isEqualTo(3);
            assertThat(film.lost()).isEmpty();
        }
    }

    /** Every answer is checked against the bilinear enlargement of the maps, in double precision. */
    @Test
    void answersAreThoseOfTheEnlargedMaps() throws Exception {
        try (var chroma = small().open();
                var film = chroma.film(FILM)) {
            var frame = film.next().orElseThrow();
            var maps = List.of(frame.map("conv1_1"), frame.map("conv2_1"));
            var rows = frame.hypercolumns(0, 777, 1535);
            for (var i = 0; i < 3; i++) {
                var expected = hypercolumn(maps, new int[] {0, 777, 1535}[i], 48, 32);
                for (var f = 0; f < FEATURES; f++) {
                    assertThat((double) rows[i][f]).isCloseTo(expected[f], within(1e-3));
                }
            }
            var middle = hypercolumn(maps, 777, 48, 32);
            var other = hypercolumn(maps, 1535, 48, 32);
            assertThat((double) frame.average()[777])
                    .isCloseTo(java.util.Arrays.stream(middle).average().orElseThrow(), within(1e-3));
            assertThat((double) frame.similarityTo(777)[1535]).isCloseTo(cosine(middle, other), within(1e-4));
            assertThat((double) frame.similarityTo(777)[777]).isCloseTo(1, within(1e-5));
        }
    }

    @TempDir
    private Path temporary;

    private Path model(ChromaPrep chroma, List<String> layers, String weights, String preprocess) throws Exception {
        var target = new Regression(3, -4);
        var file = temporary.resolve("model.npz");
        ModelFile.write(
                file,
                new Model(
                        List.of(
                                Heads.random(chroma.features(), 8, target, 1),
                                Heads.random(chroma.features(), 8, target, 2)),
                        new ModelFacts(
                                layers, preprocess, weights, List.of(32, 48), Map.of(), Map.of(), Map.of(), "test")));
        return file;
    }

    /** Against heads in double precision on the frame's own hypercolumns. */
    @Test
    void aModelColoursAFrame() throws Exception {
        try (var chroma = small().open();
                var film = chroma.film(FILM)) {
            var file = model(chroma, chroma.layers(), chroma.weights().sha256(), "caffe");
            var heads =
                    ModelFile.read(file).heads().stream().map(NaiveHead::new).toList();
            var frame = film.next().orElseThrow();
            var colours = frame.colours(chroma.colourModel(file));
            assertThat(colours.ab()).hasSize(2 * 48 * 32);
            assertThat(colours.disagreement()).hasSize(48 * 32);
            for (var pixel : new int[] {0, 777, 1535}) {
                var hypercolumn = IntStream.range(0, FEATURES)
                        .mapToDouble(i -> frame.hypercolumns(pixel)[0][i])
                        .toArray();
                for (var c = 0; c < 2; c++) {
                    var channel = c;
                    var mean = heads.stream()
                            .mapToDouble(head ->
                                    head.outputs(hypercolumn, pixel, new Grid(32, 48))[channel] * Regression.SCALE
                                            + (channel == 0 ? 3 : -4))
                            .average()
                            .orElseThrow();
                    assertThat((double) colours.ab()[2 * pixel + c])
                            .isCloseTo(mean, within(1e-4 * Math.max(1, Math.abs(mean))));
                }
                assertThat(colours.disagreement()[pixel]).isPositive();
            }
            film.next();
            var model = chroma.colourModel(file);
            assertThatThrownBy(() -> frame.colours(model)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aModelOfOtherFramesIsRefused() throws Exception {
        try (var chroma = small().open()) {
            var weights = chroma.weights().sha256();
            refused(chroma, model(chroma, List.of("conv1_1"), weights, "caffe"), "conv1_1, not of conv1_1,conv2_1");
            refused(chroma, model(chroma, chroma.layers(), "ab12", "caffe"), "ab12");
            refused(chroma, model(chroma, chroma.layers(), weights, "torch"), "torch, not caffe");
        }
    }

    private static void refused(ChromaPrep chroma, Path file, String why) {
        assertThatThrownBy(() -> chroma.colourModel(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(why)
                .hasMessageEndingWith("train another.");
    }

    private static double cosine(double[] one, double[] other) {
        var product = 0.0;
        var a = 0.0;
        var b = 0.0;
        for (var i = 0; i < one.length; i++) {
            product += one[i] * other[i];
            a += one[i] * one[i];
            b += other[i] * other[i];
        }
        return product / Math.sqrt(a * b);
    }

    private static double[] hypercolumn(List<LayerMap> maps, int pixel, int width, int height) {
        var row = new double[FEATURES];
        var at = 0;
        for (var map : maps) {
            var x = (pixel % width + 0.5) * map.width() / width - 0.5;
            var y = (pixel / width + 0.5) * map.height() / height - 0.5;
            for (var c = 0; c < map.channels(); c++) {
                row[at++] = bilinear(map, x, y, c);
            }
        }
        return row;
    }

    private static double bilinear(LayerMap map, double x, double y, int channel) {
        var left = (int) Math.floor(x);
        var top = (int) Math.floor(y);
        var sum = 0.0;
        for (var dy = 0; dy <= 1; dy++) {
            for (var dx = 0; dx <= 1; dx++) {
                var share = (dx == 0 ? left + 1 - x : x - left) * (dy == 0 ? top + 1 - y : y - top);
                sum += share
                        * map.at(
                                Math.max(0, Math.min(map.height() - 1, top + dy)),
                                Math.max(0, Math.min(map.width() - 1, left + dx)),
                                channel);
            }
        }
        return sum;
    }

    @Test
    void aFrameIsAtHandUntilTheNextOneIsRead() throws Exception {
        try (var chroma = small().open();
                var film = chroma.film(FILM)) {
            var first = film.next().orElseThrow();
            var kept = first.labels();
            film.next();

            assertThat(kept).hasSize(48 * 32);
            assertThatThrownBy(first::labels)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no longer at hand");
        }
    }

    @Test
    void withoutClustersAFrameHasNone() throws Exception {
        try (var chroma = small().clusters(0).open();
                var film = chroma.film(FILM)) {
            var frame = film.next().orElseThrow();
            assertThatThrownBy(frame::labels)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("clusters(2)");
            assertThat(frame.hypercolumns(5)).hasDimensions(1, FEATURES);
        }
    }

    static Stream<String> engines() {
        return Stream.of("nd4j", "pytorch");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void useAfterCloseIsAnExceptionAndASecondCloseDoesNothing(String engine) throws Exception {
        var chroma = small().engine(engine).open();
        var film = chroma.film(FILM);
        var frame = film.next().orElseThrow();
        var inner = chroma.engine();
        film.close();
        film.close();
        isClosed(
                film::next,
                frame::luma,
                frame::labels,
                frame::average,
                () -> frame.map("conv1_1"),
                () -> frame.hypercolumns(1),
                () -> frame.similarityTo(1),
                frame::centroids,
                frame::inertia,
                frame::clusterSizes);

        var second = chroma.film(FILM);
        var at = second.next().orElseThrow();
        chroma.close();
        chroma.close();
        isClosed(
                () -> chroma.film(FILM),
                chroma::engine,
                second::next,
                () -> at.map("conv2_1"),
                () -> at.hypercolumns(1),
                inner::newWorker);
        second.close();
    }

    /** A frame's grey values, given as a picture, have the maps and hypercolumns that the film's frame has. */
    @Test
    void aPictureOfOnesOwnIsComputedAsAFilmsFrameIs() throws Exception {
        try (var chroma = small().open();
                var film = chroma.film(FILM);
                var maps = chroma.pictureMaps()) {
            var frame = film.next().orElseThrow();
            maps.compute(frame.luma());
            var map = maps.map(Vgg16.CONV2_1);
            var numbers = new float[map.positions() * map.channels()];
            map.values().get(0, numbers);
            assertThat(numbers).isEqualTo(frame.map("conv2_1").values());
            var row = new float[FEATURES];
            maps.hypercolumns().gather(new int[] {777}, row);
            assertThat(row).isEqualTo(frame.hypercolumns(777)[0]);
            assertThat(maps.input().capacity()).isEqualTo(3 * 48 * 32);
            assertThatThrownBy(() -> maps.map(Vgg16.CONV5_3)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void pictureMapsAreOfNoUseAfterTheirEndOrTheirOwners(String engine) throws Exception {
        var luma = new byte[48 * 32];
        var chroma = small().engine(engine).open();
        var maps = chroma.pictureMaps();
        maps.compute(luma);
        maps.close();
        maps.close();
        isClosed(() -> maps.compute(luma), maps::input, maps::hypercolumns, () -> maps.map(Vgg16.CONV1_1));

        var second = chroma.pictureMaps();
        second.compute(luma);
        chroma.close();
        isClosed(() -> second.compute(luma), chroma::pictureMaps);
        second.close();
    }

    private static void isClosed(ThrowingCallable... uses) {
        for (var use : uses) {
            assertThatThrownBy(use).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void whatCannotBeOpenedIsASentence() throws Exception {
        try (var chroma = small().open()) {
            assertThatThrownBy(() -> chroma.film("none.mp4"))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("none.mp4");
        }
        assertThatThrownBy(() -> small().layers("conv9_9").open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("conv9_9");
        assertThatThrownBy(() -> small().network("resnet").open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vgg19");
    }
}

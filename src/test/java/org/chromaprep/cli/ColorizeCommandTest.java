package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;
import org.chromaprep.api.ChromaPrep;
import org.chromaprep.files.Json;
import org.chromaprep.learn.Heads;
import org.chromaprep.learn.Model;
import org.chromaprep.learn.ModelFacts;
import org.chromaprep.learn.ModelFile;
import org.chromaprep.learn.Target.Regression;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.scale.ColourScaler;
import org.chromaprep.video.source.FilterGraph;
import org.chromaprep.video.source.Sources;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way of a user: a plan, some coloured pictures, a coloured film; and what cannot be coloured. */
@Tag("slow")
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class ColorizeCommandTest {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    /** Two shots of 20 frames: a card with moving stripes, and a set that is zoomed into. */
    private static final String COLOURED = "testsrc=size=96x64:rate=10:duration=2,format=yuv420p[a];"
            + "mandelbrot=size=96x64:rate=10,trim=end_frame=20,format=yuv420p[b];[a][b]concat";

    private static final String GREY = COLOURED + ",format=gray,format=yuv420p";

    @TempDir
    private Path temporary;

    private Program.Ended colorize(String film, String... more) {
        var arguments = new ArrayList<>(List.of(
                "colorize",
                film,
                "--out",
                temporary.resolve("out").toString(),
                "--weights",
                "random:1",
                "--layers",
                "conv1_1,conv1_2",
                "--size",
                "48x32",
                "--workers",
                "1",
                "--engine",
                "nd4j",
                "--look",
                "mpeg4:mp4"));
        arguments.addAll(List.of(more));
        return Program.run(Map.of(), arguments);
    }

    /** A frame of the film in colour as a picture. */
    private Path reference(String name, long number, IntUnaryOperator change) throws Exception {
        Files.createDirectories(temporary.resolve("references"));
        var rgb = new int[WIDTH * HEIGHT];
        try (var source = Sources.open(new FilterGraph(COLOURED), SourceOptions.DEFAULT);
                var picture = new Picture();
                var scaler = ColourScaler.quick(WIDTH, HEIGHT)) {
            while (source.read(picture) instanceof ReadResult.FrameRead
                    && picture.time().index() < number) {
                assertThat(picture.time().index()).isLessThan(number);
            }
            scaler.scale(picture, rgb);
        }
        return picture(name, rgb, WIDTH, HEIGHT, change);
    }

    private Path picture(String name, int[] rgb, int width, int height, IntUnaryOperator change) throws Exception {
        Files.createDirectories(temporary.resolve("references"));
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (var i = 0; i < rgb.length; i++) {
            image.setRGB(i % width, i / width, change.applyAsInt(rgb[i]));
        }
        var file = temporary.resolve("references").resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private String references() {
        return temporary.resolve("references").toString();
    }

    private Path folder() throws Exception {
        try (var folders = Files.list(temporary.resolve("out"))) {
            return folders.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private JsonNode report() throws Exception {
        return Json.MAPPER.readTree(folder().resolve("colours.json").toFile());
    }

    private static void assertRefused(Program.Ended ended, ExitCode code, String... said) {
        assertThat(ended.exit()).as(ended.err()).isEqualTo(code.number());
        var failures = ended.err()
                .lines()
                .filter(line -> !line.startsWith("chromaprep: warning")
                        && !line.startsWith("chromaprep: engine")
                        && !line.startsWith("Try '"))
                .toList();
        assertThat(failures)
                .singleElement()
                .asString()
                .startsWith("chromaprep: ")
                .contains(said)
                .endsWith(".")
                .doesNotContain("fault of ChromaPrep");
    }

    @Test
    void aPlanHasAPictureOfEachShotAndSaysHowToGoOn() throws Exception {
        var planned = colorize("lavfi:" + GREY, "--plan");
        assertThat(planned.exit()).as(planned.err()).isZero();
        assertThat(planned.out()).contains("2 shots, 2 pictures to colour").contains("--references");
        assertThat(Files.readAllLines(temporary.resolve("out/shots.csv")))
                .containsExactly(
                        "shot,first,last,frames,begin,end,chosen,file",
                        "0,0,19,20,0.000,1.900,10,shot-000000_frame-000000010.png",
                        "1,20,39,20,2.000,3.900,30,shot-000001_frame-000000030.png");
        var image = ImageIO.read(
                temporary.resolve("out/shot-000001_frame-000000030.png").toFile());
        assertThat(image.getWidth()).isEqualTo(WIDTH);
        assertThat(image.getRGB(40, 30) >> 8 & 0xFFFF).isEqualTo(image.getRGB(40, 30) & 0xFFFF);
    }

    @Test
    void aFrameOfEachShotColoursTheFilm() throws Exception {
        reference("shot-000000_frame-000000010.png", 10, rgb -> rgb);
        reference("somebody's picture.png", 30, rgb -> rgb);
        var ended = colorize("lavfi:" + GREY, "--references", references());
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("2 shots of 40 frames; 2 references in 2 of them");
        assertThat(ended.out())
                .contains("40 frames written")
                .contains("colour frame")
                .contains("then frame");

        var report = report();
        assertThat(report.at("/references/0/frame").asLong()).isEqualTo(10);
        assertThat(report.at("/references/1/frame").asLong()).isEqualTo(30);
        assertThat(report.at("/shots"))
                .hasSize(2)
                .allSatisfy(shot -> assertThat(shot.get("head").asText()).isEqualTo("shot"));
        for (var next : report.at("/next")) {
            assertThat(folder().resolve(next.get("file").asText())).exists();
            assertThat(folder().resolve(next.get("where").asText())).exists();
        }
        assertThat(Program.run(
                                Map.of(),
                                List.of("verify", temporary.resolve("out").toString()))
                        .exit())
                .isZero();

        var evaluated = Program.run(
                Map.of(),
                List.of(
                        "evaluate",
                        folder().toString(),
                        "lavfi:" + COLOURED,
                        "--out",
                        temporary.resolve("evaluation").toString(),
                        "--size",
                        "48x32"));
        assertThat(evaluated.exit()).as(evaluated.err()).isZero();
        var film = Json.MAPPER
                .readTree(temporary.resolve("evaluation/evaluation.json").toFile())
                .get("film");
        assertThat(film.at("/coloured/frames").asLong()).isEqualTo(38);
        assertThat(film.at("/coloured/rmse").asDouble())
                .isLessThan(0.7 * film.at("/grey/rmse").asDouble())
                .isLessThan(film.at("/mean/rmse").asDouble());
        assertThat(film.at("/truth/rmse").asDouble()).isZero();
    }

    @Test
    void shotsWithoutAReferenceStayGreyUnlessTheyAreToBeSpreadTo() throws Exception {
        reference("ref_000010.png", 10, rgb -> rgb);
        var alone = colorize("lavfi:" + GREY, "--references", references());
        assertThat(alone.exit()).as(alone.err()).isZero();
        assertThat(alone.err()).contains("1 of 2 shots have no reference and stayed grey");
        assertThat(alone.out())
                .contains("colour frame 29 next: the 20 frames of shot 1 have no reference and are grey");
        assertThat(report().at("/shots/1/head").asText()).isEqualTo("none");
        for (var spread : List.of("pooled", "similar")) {
            var ended = colorize("lavfi:" + GREY, "--references", references(), "--spread", spread, "--overwrite");
            assertThat(ended.exit()).as(ended.err()).isZero();
            assertThat(report().at("/shots/1/head").asText()).isEqualTo(spread);
        }
    }

    @Test
    void theSameAgainFindsItDoneAndOtherReferencesAreAnotherRun() throws Exception {
        reference("ref_000010.png", 10, rgb -> rgb);
        assertThat(colorize("lavfi:" + GREY, "--references", references(), "--flow", "off")
                        .exit())
                .isZero();
        var film = Files.readAllBytes(folder().resolve("colorized.mkv"));
        var again = colorize("lavfi:" + GREY, "--references", references(), "--flow", "off");
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(Files.readAllBytes(folder().resolve("colorized.mkv"))).isEqualTo(film);
        reference("ref_000030.png", 30, rgb -> rgb);
        assertRefusedAsAnother(colorize("lavfi:" + GREY, "--references", references(), "--flow", "off"));
        assertThat(Files.readAllBytes(folder().resolve("colorized.mkv"))).isEqualTo(film);
    }

    private static void assertRefusedAsAnother(Program.Ended ended) {
        assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.OUTPUT.number());
        assertThat(ended.err()).contains("references").contains("--overwrite");
    }

    @Test
    void aFilmsOwnFramesTryTheMethod() throws Exception {
        var ended = colorize("lavfi:" + GREY, "--evaluate", "lavfi:" + COLOURED, "--evaluate-from", "ends");
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.out())
                .contains("coloured")
                .contains("copied")
                .contains("CIEDE2000")
                .contains("index.html");
        var evaluation = Json.MAPPER.readTree(
                folder().resolve("evaluation/evaluation.json").toFile());
        assertThat(evaluation.at("/left_out")).hasSize(4);
        assertThat(evaluation.at("/film/coloured/frames").asLong()).isEqualTo(36);
        assertThat(Files.readAllLines(folder().resolve("evaluation/frames.csv")))
                .hasSize(41);
    }

    @Test
    void nothingIsSaidOfColoursThatAFilmDoesNotHave() throws Exception {
        reference("ref_000010.png", 10, rgb -> rgb);
        assertThat(colorize("lavfi:" + GREY, "--references", references()).err())
                .doesNotContain("colours of its own");
    }

    @Test
    void coloursThatAFilmHasAreIgnoredAndThatIsSaid() throws Exception {
        reference("ref_000010.png", 10, rgb -> rgb);
        var ended = colorize("lavfi:" + COLOURED, "--references", references());
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("has colours of its own, which are ignored");
        assertThat(new HashSet<>(Files.readAllLines(folder().resolve("frames.jsonl"))))
                .hasSize(40);
    }

    @Test
    void aGreyReferenceIsRefused() throws Exception {
        var file = reference("ref_000010.png", 10, rgb -> (rgb >> 8 & 255) * 0x10101);
        assertRefused(
                colorize("lavfi:" + GREY, "--references", references()),
                ExitCode.INPUT,
                file.toString(),
                "has no colours");
    }

    @Test
    void aReferenceOfAnotherShapeIsRefused() throws Exception {
        var file = picture("ref_000010.png", new int[64 * 64], 64, 64, rgb -> 0xFF8000);
        assertRefused(
                colorize("lavfi:" + GREY, "--references", references()),
                ExitCode.INPUT,
                file.toString(),
                "64x64",
                "96x64");
    }

    @Test
    void aReferenceOfNoFrameIsRefused() throws Exception {
        reference("ref_000010.png", 10, rgb -> rgb);
        var noise = new SplittableRandom(4).ints(WIDTH * HEIGHT, 0, 1 << 24).toArray();
        var file = picture("picture.png", noise, WIDTH, HEIGHT, rgb -> rgb);
        assertRefused(
                colorize("lavfi:" + GREY, "--references", references()),
                ExitCode.INPUT,
                file.toString(),
                "looks like no frame");
    }

    @Test
    void aReferenceWhoseNameIsOfAnotherFrameIsRefusedAndItsFrameIsNamed() throws Exception {
        reference("ref_000005.png", 30, rgb -> rgb);
        assertRefused(
                colorize("lavfi:" + GREY, "--references", references()),
                ExitCode.INPUT,
                "does not look like frame 5",
                "it looks like frame 30");
        Files.delete(temporary.resolve("references/ref_000005.png"));
        reference("ref_000400.png", 30, rgb -> rgb);
        assertRefused(
                colorize("lavfi:" + GREY, "--references", references()),
                ExitCode.INPUT,
                "frame 400",
                "it looks like frame 30");
    }

    @Test
    void twoReferencesOfOneFrameAreRefused() throws Exception {
        reference("ref_000010.png", 10, rgb -> rgb);
        reference("frame-000010 again.png", 10, rgb -> rgb);
        assertRefused(
                colorize("lavfi:" + GREY, "--references", references()), ExitCode.INPUT, "ref_000010.png", "frame 10");
    }

    @Test
    void referencesThatContradictEachOtherAreRefused() throws Exception {
        reference("ref_000010.png", 10, rgb -> rgb);
        // Red and blue swapped: of nearly the same grey, and of another colour.
        reference("ref_000012.png", 12, rgb -> rgb & 0xFF00 | rgb >> 16 & 255 | (rgb & 255) << 16);
        assertRefused(
                colorize("lavfi:" + GREY, "--references", references()),
                ExitCode.INPUT,
                "contradict each other",
                "shot 0");
    }

    @Test
    void theConfigurationThatIsOfferedIsUnderstood() throws Exception {
        assertRefused(
                Program.run(
                        Map.of(),
                        List.of(
                                "colorize",
                                "lavfi:" + GREY,
                                "--out",
                                temporary.resolve("out").toString(),
                                "--weights",
                                "random:1",
                                "--layers",
                                "conv1_1",
                                "--size",
                                "48x32",
                                "--config",
                                "config/colorize.yaml",
                                "--references",
                                references())),
                ExitCode.INPUT,
                "references");
        reference("ref_000010.png", 10, rgb -> rgb);
        var ended = colorize(
                "lavfi:" + GREY,
                "--references",
                references(),
                "--config",
                "config/colorize.yaml",
                "--max-frames",
                "20");
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(Json.MAPPER
                        .readTree(folder().resolve("manifest.json").toFile())
                        .at("/settings/flow")
                        .asText())
                .isEqualTo("on");
    }

    @Test
    void anEmptyFolderAndNoFolderAreRefused() throws Exception {
        Files.createDirectories(temporary.resolve("references"));
        assertRefused(colorize("lavfi:" + GREY, "--references", references()), ExitCode.INPUT, "holds no picture");
        assertRefused(
                colorize(
                        "lavfi:" + GREY,
                        "--references",
                        temporary.resolve("nowhere").toString()),
                ExitCode.INPUT,
                "nowhere");
    }

    @Test
    void aPictureThatCannotBeReadIsRefused() throws Exception {
        Files.createDirectories(temporary.resolve("references"));
        Files.writeString(temporary.resolve("references/ref_000010.png"), "no picture at all");
        assertRefused(colorize("lavfi:" + GREY, "--references", references()), ExitCode.INPUT, "ref_000010.png");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "; --references DIR or --model", "--plan --references X; leave out --references",
                        "--references X --evaluate Y; leave out --references",
                "--live --references X; --model alone", "--model M --segment 10min; --segment",
                        "--references X --look h264; CODEC:CONTAINER",
                "--references X --flow maybe; --flow", "--references X --spread wide; --spread",
                        "--plan --choose best; --choose",
                "--references X --codec ffv2; ffv2", "--references X --size 5x5; --size",
                        "--evaluate Y --evaluate-from last; --evaluate-from"
            })
    void optionsThatMakeNoSenseAreUsageErrors(String options, String said) {
        var ended = colorize("lavfi:" + GREY, options == null ? new String[0] : options.split(" "));
        assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.USAGE.number());
        assertThat(ended.err()).contains(said);
    }

    @Test
    void whatCannotBeGoneThroughTwiceNeedsAModel() {
        var ended = colorize("-", "--references", references());
        assertThat(ended.exit()).isEqualTo(ExitCode.USAGE.number());
        assertThat(ended.err()).contains("--model");
    }

    private Path model(String weights) throws Exception {
        var target = new Regression(3, -4);
        var file = temporary.resolve("model/model.npz");
        ModelFile.write(
                file,
                new Model(
                        List.of(Heads.random(128, 8, target, 1), Heads.random(128, 8, target, 2)),
                        new ModelFacts(
                                List.of("conv1_1", "conv1_2"),
                                "caffe",
                                weights,
                                List.of(32, 48),
                                Map.of("data_set", "ab12"),
                                Map.of(),
                                Map.of(),
                                "test")));
        return file.getParent();
    }

    @Test
    void aModelColoursAFilmThatIsEvaluatedBesideTheMiddleOfEachShot() throws Exception {
        String weights;
        try (var chroma = ChromaPrep.builder()
                .weights("random:1")
                .layers("conv1_1,conv1_2")
                .grid(48, 32)
                .open()) {
            weights = chroma.weights().sha256();
        }
        var ended = colorize("lavfi:" + GREY, "--model", model(weights).toString());
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(report().at("/model/data_set").asText()).isEqualTo("ab12");
        assertThat(report().at("/shots"))
                .hasSize(2)
                .allSatisfy(shot -> assertThat(shot.get("head").asText()).isEqualTo("model"));

        var evaluated = Program.run(
                Map.of(),
                List.of(
                        "evaluate",
                        folder().toString(),
                        "lavfi:" + COLOURED,
                        "--out",
                        temporary.resolve("evaluation").toString(),
                        "--size",
                        "48x32",
                        "--flow",
                        "off"));
        assertThat(evaluated.exit()).as(evaluated.err()).isZero();
        var film = Json.MAPPER
                .readTree(temporary.resolve("evaluation/evaluation.json").toFile())
                .get("film");
        assertThat(film.at("/coloured/frames").asLong()).isEqualTo(38);
        assertThat(film.at("/mean/rmse").asDouble())
                .isNotEqualTo(film.at("/grey/rmse").asDouble());
    }

    @Test
    void aModelOfOtherWeightsOrLayersIsRefused() throws Exception {
        assertRefused(
                colorize("lavfi:" + GREY, "--model", model("cd34").toString()),
                ExitCode.INPUT,
                "other weights",
                "cd34");
        var ended = Program.run(
                Map.of(),
                List.of(
                        "colorize",
                        "lavfi:" + GREY,
                        "--out",
                        temporary.resolve("out").toString(),
                        "--weights",
                        "random:1",
                        "--layers",
                        "conv1_1",
                        "--size",
                        "48x32",
                        "--model",
                        model("cd34").toString()));
        assertRefused(ended, ExitCode.INPUT, "conv1_1,conv1_2, not of conv1_1");
    }

    @Test
    void aModelThatIsNotThereOrDamagedIsRefused() throws Exception {
        assertRefused(
                colorize("lavfi:" + GREY, "--model", temporary.resolve("none").toString()),
                ExitCode.INPUT,
                "There is no model");
        var file = Files.writeString(temporary.resolve("model.npz"), "no model");
        assertRefused(
                colorize("lavfi:" + GREY, "--model", file.toString()), ExitCode.INPUT, "model.npz", "train it again");
    }
}

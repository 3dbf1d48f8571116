package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.Engines;
import org.chromaprep.files.FolderLock;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.output.film.Verifier;
import org.chromaprep.pipeline.FilmProcessor;
import org.chromaprep.pipeline.StopSignal;
import org.chromaprep.pipeline.settings.Provenance;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.shelf.record.FilmEntry;
import org.chromaprep.vgg.Weights;
import org.chromaprep.vgg.WeightsEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What happens to disks, files and folders while a run goes through a shelf. */
@Tag("slow")
class FilmsLeftForLaterTest {
    @TempDir
    private Path temporary;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path one;
    private Path two;

    /** Something that happens when a film is begun, the first time. */
    private interface Event {
        void happen() throws Exception;
    }

    private record Happening(String film, Event event, List<String> happened) implements FilmProgress {
        Happening(String film, Event event) {
            this(film, event, new ArrayList<>());
        }

        @Override
        public void begin(String name, OptionalLong frames, long done) {
            if (name.equals(film) && happened.isEmpty()) {
                happened.add(name);
                try {
                    event.happen();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        @Override
        public void frame(LedgerCounts counts) {}

        @Override
        public void end() {}
    }

    private static final Happening NOTHING = new Happening("", () -> {});

    @BeforeEach
    void draw() throws IOException {
        one = draw(temporary.resolve("shelf/one.png"), 1);
        two = draw(temporary.resolve("shelf/two.png"), 2);
    }

    private static Path draw(Path file, int what) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        var picture = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
        picture.setRGB(what, 2, 0xffffff);
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }

    private Path out() {
        return temporary.resolve("out");
    }

    private ExitCode process(FilmProgress progress, Path... inputs) throws Exception {
        err.getBuffer().setLength(0);
        out.getBuffer().setLength(0);
        var options = CommandLine.populateCommand(
                new ProcessOptions(),
                Stream.concat(
                                Stream.of(
                                        "--out",
                                        out().toString(),
                                        "--layers",
                                        "conv1_1",
                                        "--size",
                                        "32x32",
                                        "--annotate",
                                        "none"),
                                Stream.of(inputs).map(Path::toString))
                        .toArray(String[]::new));
        var reader = new SettingsReader(options);
        var weights = Weights.load(
                "random:0",
                reader.plan().deepest(),
                WeightsEnvironment.of(Map.of(), "Linux", temporary),
                (file, done, total) -> {});
        var messages = new Messages(new PrintWriter(out), new PrintWriter(err));
        var stop = new StopSignal();
        try (var engine = Engines.open(new EngineChoice("nd4j", "auto", "fp32", 1), reader.plan(), weights)) {
            var processor = new FilmProcessor(
                    reader.film(weights.preprocessing()),
                    engine,
                    new Provenance(Map.of(), Map.of(), Map.of(), true),
                    1,
                    new SimpleMeterRegistry(),
                    progress,
                    stop);
            return Batches.run(options, processor, messages, stop, temporary.resolve("faults"));
        }
    }

    private Map<String, FilmEntry> recorded() throws Exception {
        return org.chromaprep.shelf.record.RunRecord.read(out()).films();
    }

    private void assertSound(int films) throws Exception {
        assertThat(Verifier.verify(out()))
                .hasSize(films)
                .allSatisfy(report -> assertThat(report.findings()).isEmpty())
                .allSatisfy(report -> assertThat(report.complete()).isTrue());
    }

    private FolderLock anotherRunOn(String film) throws Exception {
        return FolderLock.take(Files.createDirectories(out().resolve(film)));
    }

    @Test
    void aFilmThatAnotherRunHasUntilTheEndIsLeftToItAndDidNotFail() throws Exception {
        try (var other = anotherRunOn("one")) {
            assertThat(other).isNotNull();
            assertThat(process(NOTHING, one, two)).isEqualTo(ExitCode.OUTPUT);
        }
        assertThat(err.toString())
                .contains("Another run is writing to ")
                .contains("It is tried again when the other films are done.")
                .contains("2 films: 1 done, 1 left for later");
        assertThat(recorded()).containsOnlyKeys("two");
        assertThat(process(NOTHING, one, two)).isEqualTo(ExitCode.OK);
        assertSound(2);
    }

    @Test
    void aFilmThatAnotherRunHasLeftByTheEndIsDone() throws Exception {
        var other = anotherRunOn("one");
        assertThat(process(new Happening("two", other::close), one, two))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(err.toString()).contains("2 films: 2 done").doesNotContain("left for later");
        assertSound(2);
    }

    @Test
    void twoFilmsOfOneNameThatTwoRunsBeginAtTheSameTimeGetAFolderEach() throws Exception {
        var namesake = draw(temporary.resolve("elsewhere/one.png"), 3);
        assertThat(process(NOTHING, namesake)).isEqualTo(ExitCode.OK);
        // As if the other run had begun after this one has planned: its manifest is not there yet.
        var manifest = out().resolve("one/manifest.json");
        Files.move(manifest, temporary.resolve("manifest"));
        Files.delete(out().resolve("run.jsonl"));
        var other = anotherRunOn("one");
        assertThat(process(
                        new Happening("two", () -> {
                            Files.move(temporary.resolve("manifest"), manifest);
                            other.close();
                        }),
                        one,
                        two))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertSound(3);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFilmThatIsStillBeingWrittenIsProcessedOnceItIsWhole() throws Exception {
        var whole = Files.readAllBytes(one);
        var half = FileChannel.open(one, StandardOpenOption.WRITE);
        half.truncate(whole.length / 2);
        assertThat(process(NOTHING, one)).isEqualTo(ExitCode.INPUT);
        assertThat(err.toString()).contains("one.png is still being written; once it is whole, the same command");
        assertThat(out().resolve("one")).doesNotExist();
        assertThat(process(
                        new Happening("two", () -> {
                            Files.write(one, whole);
                            half.close();
                        }),
                        one,
                        two))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertSound(2);
    }

    @Test
    void aFilmThatIsReplacedWhileItIsReadIsProcessedAsItIsThen() throws Exception {
        var copy = draw(temporary.resolve("copy.png"), 9);
        assertThat(process(
                        new Happening(
                                "one", () -> Files.move(copy, one, java.nio.file.StandardCopyOption.REPLACE_EXISTING)),
                        one,
                        two))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(err.toString())
                .contains("one.png has changed since it was read; once it is whole, the same command processes it.");
        assertSound(2);
    }

    @Test
    void aBeginningOfACopyThatWasNotWholeIsReplacedWithoutBeingAskedFor() throws Exception {
        assertThat(process(
                        new Happening("one", () -> {
                            Files.write(one, new byte[] {0}, StandardOpenOption.APPEND);
                            Files.delete(one);
                        }),
                        one,
                        two))
                .isEqualTo(ExitCode.INPUT);
        assertThat(err.toString()).contains("one.png vanished while it was read");
        draw(one, 5);
        assertThat(process(NOTHING, one, two)).as(err.toString()).isEqualTo(ExitCode.OK);
        assertSound(2);
    }

    @Test
    void filmsOfADiskThatIsGoneAreLeftWithOneSentenceAndDoneWhenItIsBack() throws Exception {
        var shelf = temporary.resolve("shelf");
        for (var i = 3; i < 9; i++) {
            draw(shelf.resolve(i + ".png"), i);
        }
        var films = Stream.of("one.png", "two.png", "3.png", "4.png", "5.png", "6.png", "7.png", "8.png")
                .map(shelf::resolve)
                .toArray(Path[]::new);
        var elsewhere = draw(temporary.resolve("elsewhere/last.png"), 12);
        var all = Stream.concat(Stream.of(films), Stream.of(elsewhere)).toArray(Path[]::new);
        var ended = process(
                new Happening("one", () -> {
                    Files.move(shelf, temporary.resolve("pulled"));
                    Files.createDirectory(shelf);
                }),
                all);
        assertThat(ended).isEqualTo(ExitCode.INPUT);
        assertThat(err.toString()).contains("9 films: 1 done, 8 left for later");
        assertThat(err.toString().lines().filter(line -> line.contains("nor anything in " + shelf)))
                .as(err.toString())
                .hasSize(2);
        assertThat(recorded().values())
                .allSatisfy(film -> assertThat(film.failure()).isEmpty());
        Files.delete(shelf);
        Files.move(temporary.resolve("pulled"), shelf);
        assertThat(process(NOTHING, all)).as(err.toString()).isEqualTo(ExitCode.OK);
        assertSound(9);
    }
}

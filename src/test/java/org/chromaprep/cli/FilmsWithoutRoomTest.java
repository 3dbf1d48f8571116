package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.chromaprep.engine.CountedEngine;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.Engines;
import org.chromaprep.files.DiskSpace;
import org.chromaprep.output.film.Verifier;
import org.chromaprep.pipeline.FilmProcessor;
import org.chromaprep.pipeline.RunWidth;
import org.chromaprep.pipeline.StopSignal;
import org.chromaprep.pipeline.settings.Provenance;
import org.chromaprep.shelf.record.FilmEntry;
import org.chromaprep.shelf.record.RunReport;
import org.chromaprep.vgg.Weights;
import org.chromaprep.vgg.WeightsEnvironment;
import org.chromaprep.video.source.Sources;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A shelf that is larger than the disk: what fits is processed. */
@Tag("slow")
class FilmsWithoutRoomTest {
    private static final int FRAMES_OF_LONG = 12;
    private static final int FRAMES_OF_SHORT = 2;

    @TempDir
    private Path temporary;

    private final StringWriter err = new StringWriter();

    @BeforeEach
    void draw() throws IOException {
        draw("long", FRAMES_OF_LONG);
        draw("short", FRAMES_OF_SHORT);
    }

    private void draw(String film, int frames) throws IOException {
        draw(film, frames, 40, 40);
    }

    private void draw(String film, int frames, int width, int height) throws IOException {
        var folder = Files.createDirectory(temporary.resolve(film));
        for (var frame = 0; frame < frames; frame++) {
            var picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
            picture.setRGB(frame, frames, 0xffffff);
            ImageIO.write(picture, "png", folder.resolve((10 + frame) + ".png").toFile());
        }
    }

    private Path out() {
        return temporary.resolve("out");
    }

    private interface Use {
        ExitCode of(FilmProcessor processor, ProcessOptions options, Messages messages, StopSignal stop)
                throws Exception;
    }

    private ExitCode withProcessor(Use use) throws Exception {
        return withProcessor(
                List.of(
                        temporary.resolve("long").toString(),
                        temporary.resolve("short").toString()),
                number -> {},
                use);
    }

    private ExitCode withProcessor(List<String> more, IntConsumer allocation, Use use) throws Exception {
        var options = CommandLine.populateCommand(
                new ProcessOptions(),
                Stream.concat(
                                Stream.of("--out", out().toString(), "--layers", "conv1_1", "--size", "32x32"),
                                more.stream())
                        .toArray(String[]::new));
        var reader = new SettingsReader(options);
        var weights = Weights.load(
                "random:0",
                reader.plan().deepest(),
                WeightsEnvironment.of(Map.of(), "Linux", temporary),
                (file, done, total) -> {});
        var messages = new Messages(new PrintWriter(new StringWriter()), new PrintWriter(err));
        var stop = new StopSignal();
        try (var engine = new CountedEngine(
                        Engines.open(new EngineChoice("nd4j", "auto", "fp32", 1), reader.plan(), weights), allocation);
                var progress = ProgressDisplay.ofLines(messages)) {
            var processor = new FilmProcessor(
                    reader.film(weights.preprocessing()),
                    engine,
                    new Provenance(Map.of(), Map.of(), Map.of(), true),
                    1,
                    new SimpleMeterRegistry(),
                    progress,
                    stop);
            return use.of(processor, options, messages, stop);
        }
    }

    private ExitCode process(DiskSpace.Left left) throws Exception {
        return withProcessor((processor, options, messages, stop) -> {
            processor.disk(left);
            return process(processor, options, messages, stop);
        });
    }

    private ExitCode process(FilmProcessor processor, ProcessOptions options, Messages messages, StopSignal stop)
            throws Exception {
        return Batches.run(options, processor, messages, stop, temporary.resolve("faults"));
    }

    private long forecast(String film, String... more) throws Exception {
        var bytes = new long[1];
        withProcessor(List.of(more), number -> {}, (processor, options, messages, stop) -> {
            bytes[0] = processor
                    .forecast(Sources.expand(temporary.resolve(film).toString()).get(0))
                    .bytes();
            return ExitCode.OK;
        });
        return bytes[0];
    }

    private Map<String, FilmEntry> recorded() throws Exception {
        return org.chromaprep.shelf.record.RunRecord.read(out()).films();
    }

    @Test
    void aFilmThatDoesNotFitIsNotBegunAndASmallerOneIsProcessed() throws Exception {
        var small = forecast("short");
        assertThat(forecast("long")).isGreaterThan(3 * small);

        assertThat(process(folder -> OptionalLong.of(3 * small))).isEqualTo(ExitCode.OUTPUT);

        assertThat(err.toString())
                .contains("warning: they may need ", "but there is room for ")
                .contains("long may need ", "make space, or choose fewer --dump")
                .contains("2 films: 1 done, 1 failed (");
        assertThat(out().resolve("long")).doesNotExist();
        assertThat(recorded().get("short").outcome()).isEqualTo(FilmEntry.Outcome.DONE);
        assertThat(recorded().get("long").outcome()).isEqualTo(FilmEntry.Outcome.FAILED);
        assertThat(recorded().get("long").failure().orElseThrow()).contains("long may need ", "MB left; make space");
        assertThat(Files.readString(out().resolve(RunReport.FILE))).contains("long may need ");
        assertThat(Verifier.verify(out())).singleElement().satisfies(report -> assertThat(report.findings())
                .isEmpty());
    }

    @Test
    void theSameCommandProcessesItWhereThereIsRoom() throws Exception {
        var small = forecast("short");
        process(folder -> OptionalLong.of(3 * small));

        assertThat(process(folder -> OptionalLong.of(100 * small)))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);

        assertThat(recorded().get("long").outcome()).isEqualTo(FilmEntry.Outcome.DONE);
        assertThat(recorded().get("long").counts().written()).isEqualTo(FRAMES_OF_LONG);
    }

    @Test
    void aDiskThatDoesNotSayItsRoomHasEnough() throws Exception {
        assertThat(process(folder -> OptionalLong.empty())).isEqualTo(ExitCode.OK);
        assertThat(err.toString()).doesNotContain("may need");
    }

    private long written() {
        try (var files = Files.walk(out())) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    @Test
    void ofTwoFilmsThatFitOneByOneTheSecondWaitsForTheFirstAndASmallOneGoesOn() throws Exception {
        draw("wide", FRAMES_OF_LONG, 320, 240);
        draw("other", FRAMES_OF_LONG + 1, 320, 240);
        var room = 3 * forecast("other", "--dump", "none") / 2;
        // Whichever has its room first keeps it until the other was refused.
        IntConsumer keeping = number -> {
            var patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (number == 1
                    && !err.toString().contains("is processed when they have ended")
                    && System.nanoTime() < patience) {
                LockSupport.parkNanos(1_000_000);
            }
        };

        var exit = withProcessor(
                List.of(
                        "--dump",
                        "none",
                        "--films",
                        "2",
                        temporary.resolve("wide").toString(),
                        temporary.resolve("other").toString(),
                        temporary.resolve("short").toString()),
                keeping,
                (processor, options, messages, stop) -> {
                    processor.width(new RunWidth(2, 1, 1));
                    processor.disk(folder -> OptionalLong.of(room - written()));
                    return process(processor, options, messages, stop);
                });

        assertThat(exit).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(err.toString())
                .contains(" MB that the disk of ", "the films at work may still write ")
                .contains("3 films: 3 done");
        assertThat(recorded().get("wide").counts().written()).isEqualTo(FRAMES_OF_LONG);
        assertThat(recorded().get("other").counts().written()).isEqualTo(FRAMES_OF_LONG + 1);
        assertThat(recorded().get("short").outcome()).isEqualTo(FilmEntry.Outcome.DONE);
    }
}

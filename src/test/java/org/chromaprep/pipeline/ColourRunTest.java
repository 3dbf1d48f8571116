package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.javacpp.BytePointer;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.files.Json;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.output.film.ColourRecord;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.pipeline.colour.Colouring;
import org.chromaprep.pipeline.colour.FrameColourist;
import org.chromaprep.pipeline.colour.FrameColours;
import org.chromaprep.pipeline.sample.PixelChoice;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameChoice;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.pipeline.settings.LiveSettings;
import org.chromaprep.pipeline.settings.PictureChoice;
import org.chromaprep.pipeline.settings.Provenance;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.video.CaptureOptions;
import org.chromaprep.video.Fit;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.source.FilmFile;
import org.chromaprep.video.source.FilterGraph;
import org.chromaprep.video.source.Sources;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that colour a film, with somebody who gives every frame another colour. */
@Tag("slow")
@Timeout(120)
class ColourRunTest {
    private static final int FRAMES = 230;
    private static final SourceInput FILM = new FilterGraph("testsrc2=size=62x46:rate=25:duration=9.2,format=yuv420p");
    private static final List<String> VIDEOS = List.of("colorized.mkv", "side-by-side.mp4");

    @TempDir
    private Path temporary;

    private final List<Long> asked = new ArrayList<>();

    private final class Painter implements FrameColourist {
        private final AtomicBoolean closed = new AtomicBoolean();
        private final long breaksAt;

        Painter(long breaksAt) {
            this.breaksAt = breaksAt;
        }

        @Override
        public Optional<ColourRecord> colour(
                long frame, byte[] luma, HypercolumnMatrix hypercolumns, FrameColours into) {
            assertThat(closed).isFalse();
            if (frame == breaksAt) {
                throw new IllegalStateException("no more colours");
            }
            asked.add(frame);
            assertThat(luma).hasSize(hypercolumns.grid().pixels());
            into.setGrey(frame % 7 == 3);
            for (var i = 0; i < luma.length; i++) {
                into.ab()[2 * i] = 10 - frame % 20;
                into.ab()[2 * i + 1] = frame % 30;
            }
            return Optional.of(
                    into.isGrey()
                            ? ColourRecord.NONE
                            : new ColourRecord("model", List.of(), Optional.of(frame / 100.0), Optional.of(0.0)));
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    private static FilmSettings settings() {
        return new FilmSettings(
                ColourFilm.GRID,
                Fit.STRETCH,
                Preprocessing.CAFFE,
                Optional.empty(),
                FrameClusterer.Mode.INDEPENDENT,
                Optional.empty(),
                Set.of(),
                1,
                0,
                1_000_000,
                OptionalInt.of(4),
                Optional.empty(),
                FrameSelection.ALL,
                new PictureChoice(PictureChoice.Border.NONE, Optional.empty(), PictureChoice.Fields.NONE, false),
                FrameChoice.ALL,
                PixelChoice.EVEN,
                OptionalInt.empty());
    }

    private FilmResult colour(
            String out, SourceInput film, LiveSettings live, long stopAfter, long breaksAt, int workers)
            throws Exception {
        var stop = new StopSignal();
        var progress = new FilmProgress() {
            @Override
            public void begin(String name, OptionalLong frames, long done) {}

            @Override
            public void frame(LedgerCounts counts) {
                if (counts.decoded() >= stopAfter) {
                    stop.request();
                }
            }

            @Override
            public void end() {}
        };
        Colouring.Colourists colourists = (folder, first) -> {
            asked.clear();
            return new Painter(breaksAt);
        };
        var colouring = new Colouring(colourists, "ffv1", "mkv", Optional.of(new Colouring.Look("mpeg4", "mp4")));
        var facts = new Provenance(Map.of("layers", "conv1_1"), Map.of("kind", "random"), Map.of(), true);
        try (var engine = SmallFilm.engine()) {
            return new FilmProcessor(
                            settings(),
                            live,
                            engine,
                            facts,
                            workers,
                            new SimpleMeterRegistry(),
                            progress,
                            stop,
                            Optional.of(colouring))
                    .process(film, temporary.resolve(out), "film", false);
        }
    }

    private FilmResult colour(String out, long stopAfter, long breaksAt) throws Exception {
        return colour(out, FILM, LiveSettings.DEFAULT, stopAfter, breaksAt, 1);
    }

    private List<JsonNode> ledger(String out) throws Exception {
        var lines = new ArrayList<JsonNode>();
        for (var line : Files.readAllLines(temporary.resolve(out).resolve("film/frames.jsonl"))) {
            lines.add(Json.MAPPER.readTree(line));
        }
        return lines;
    }

    private static List<byte[]> luma(SourceInput film) throws Exception {
        var frames = new ArrayList<byte[]>();
        try (var source = Sources.open(film, SourceOptions.DEFAULT);
                var picture = new Picture()) {
            while (source.read(picture) instanceof ReadResult.FrameRead) {
                var frame = picture.frame();
                var luma = new byte[frame.width() * frame.height()];
                for (var y = 0; y < frame.height(); y++) {
                    new BytePointer(frame.data(0))
                            .position((long) y * frame.linesize(0))
                            .get(luma, y * frame.width(), frame.width());
                }
                frames.add(luma);
            }
        }
        return frames;
    }

    private void assertSame(String out, String other) {
        for (var name : List.of("colorized.mkv", "side-by-side.mp4", "frames.jsonl")) {
            assertThat(temporary.resolve(out).resolve("film").resolve(name))
                    .hasSameBinaryContentAs(
                            temporary.resolve(other).resolve("film").resolve(name));
        }
        assertThat(temporary.resolve(out).resolve("film/.segments")).doesNotExist();
    }

    @Test
    void everyFrameIsAskedForInOrderAndKeepsItsLuma() throws Exception {
        var result = colour("out", Long.MAX_VALUE, -1);
        assertThat(result.ending()).isEqualTo(FilmResult.Ending.COMPLETE);
        assertThat(asked).hasSize(FRAMES).isSorted().doesNotHaveDuplicates();
        var found = luma(new FilmFile(temporary.resolve("out/film/colorized.mkv")));
        var expected = luma(FILM);
        assertThat(found).hasSize(FRAMES);
        for (var i = 0; i < FRAMES; i++) {
            assertThat(found.get(i)).isEqualTo(expected.get(i));
        }
    }

    @Test
    void theLedgerSaysWhereColoursAreFrom() throws Exception {
        colour("out", Long.MAX_VALUE, -1);
        var lines = ledger("out");
        assertThat(lines).hasSize(FRAMES);
        for (var line : lines) {
            var frame = line.get("frame").asLong();
            assertThat(line.get("outcome").asText()).isEqualTo("written");
            assertThat(line.get("colour").get("head").asText()).isEqualTo(frame % 7 == 3 ? "none" : "model");
            if (frame % 7 != 3) {
                assertThat(line.get("colour").get("disagreement").asDouble()).isEqualTo(frame / 100.0);
            }
        }
    }

    @Test
    void aStoppedRunContinuesToTheSameBytes() throws Exception {
        colour("whole", Long.MAX_VALUE, -1);
        assertThat(colour("stopped", 120, -1).ending()).isEqualTo(FilmResult.Ending.INTERRUPTED);
        assertThat(colour("stopped", 210, -1).ending()).isEqualTo(FilmResult.Ending.INTERRUPTED);
        assertThat(asked.get(0)).isEqualTo(100);
        assertThat(colour("stopped", Long.MAX_VALUE, -1).ending()).isEqualTo(FilmResult.Ending.COMPLETE);
        assertSame("stopped", "whole");
    }

    @Test
    void theVideoOfAStoppedRunCanBePlayed() throws Exception {
        colour("stopped", 120, -1);
        for (var video : VIDEOS) {
            assertThat(luma(new FilmFile(temporary.resolve("stopped/film").resolve(video))))
                    .hasSizeBetween(1, FRAMES - 1);
        }
    }

    @Test
    void aColouristThatFailsEndsTheRunAndTheNextContinues() throws Exception {
        colour("whole", Long.MAX_VALUE, -1);
        assertThatThrownBy(() -> colour("broken", Long.MAX_VALUE, 119)).hasMessageContaining("no more colours");
        assertThat(colour("broken", Long.MAX_VALUE, -1).ending()).isEqualTo(FilmResult.Ending.COMPLETE);
        assertSame("broken", "whole");
    }

    @Test
    void theNumberOfWorkersChangesNothing() throws Exception {
        colour("whole", Long.MAX_VALUE, -1);
        colour("three", FILM, LiveSettings.DEFAULT, Long.MAX_VALUE, -1, 3);
        assertSame("three", "whole");
    }

    @Test
    void whatHappensNowIsColouredAsFarAsThereIsTime() throws Exception {
        var some = new FilterGraph("testsrc2=size=62x46:rate=25:duration=2,format=yuv420p");
        var paced = new CaptureOptions(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                OptionalInt.of(0),
                true,
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty());
        var live = new LiveSettings(
                paced,
                true,
                Optional.of(LiveSettings.Drop.OLDEST),
                Optional.of(Duration.ofSeconds(2)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var result = colour("live", some, live, Long.MAX_VALUE, -1, 1);
        assertThat(result.ending()).isEqualTo(FilmResult.Ending.COMPLETE);
        assertThat(result.counts().written() + result.counts().dropped()).isEqualTo(50);
        assertThat(asked)
                .hasSize((int) result.counts().written())
                .isSorted()
                .doesNotHaveDuplicates()
                .isNotEmpty();
        assertThat(luma(new FilmFile(temporary.resolve("live/film/colorized.mkv"))))
                .hasSize((int) result.counts().written());
    }
}

package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.chromaprep.annotate.Layout;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.engine.InterposedEngine;
import org.chromaprep.files.OutputException;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.output.film.Verifier;
import org.chromaprep.pipeline.FilmResult.Ending;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.settings.Annotation;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.pipeline.settings.Provenance;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.video.Fit;
import org.chromaprep.video.Watched;
import org.chromaprep.video.source.FilmFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An unfinished run may have another annotated video; what its shards hold stays as it is. */
@Tag("slow")
class OtherVideoTest {
    private static final int WRITTEN = 10;
    /** So many that the end is not in the ring yet when a run is stopped. */
    private static final int FRAMES = 40;

    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    private Path temporary;

    private SmallFilm film;

    @BeforeEach
    void drawTheFilm() throws Exception {
        film = SmallFilm.write(temporary.resolve("film.nut"), FRAMES);
    }

    /** @param video layout, codec and container; empty for no video */
    private FilmResult process(String out, Optional<Annotation> video, int clusters, long stopAfter) throws Exception {
        return process(out, video, clusters, stopAfter, Integer.MAX_VALUE);
    }

    /** @param stopAt the frame of this run at whose computation it is stopped */
    private FilmResult process(String out, Optional<Annotation> video, int clusters, long stopAfter, int stopAt)
            throws Exception {
        var settings = new FilmSettings(
                new Grid(32, 32),
                Fit.STRETCH,
                Preprocessing.CAFFE,
                Optional.of(new KMeansSettings(clusters, 50, 1e-4, 5)),
                FrameClusterer.Mode.TEMPORAL,
                Optional.empty(),
                Set.of(SampleMembers.LUMA, SampleMembers.LABELS),
                64,
                5,
                10_000_000,
                OptionalInt.of(4),
                video,
                FrameSelection.ALL);
        var told = new LinkedHashMap<>(Map.of("clusters", String.valueOf(clusters), "annotate", "none"));
        video.ifPresent(each -> {
            told.put("annotate", each.layout().name());
            told.put("codec", each.codec());
            told.put("container", each.container());
        });
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
        try (var engine = new InterposedEngine(SmallFilm.engine(), (frame, workers) -> {
            if (frame == stopAt) {
                stop.request();
            }
        })) {
            var processor = new FilmProcessor(
                    settings,
                    engine,
                    new Provenance(told, Map.of(), Map.of(), true),
                    2,
                    new SimpleMeterRegistry(),
                    progress,
                    stop);
            return processor.process(new FilmFile(film.file()), temporary.resolve(out), "film", false);
        }
    }

    private static Optional<Annotation> video(String layout, String codec, String container) {
        return layout.equals("NONE")
                ? Optional.empty()
                : Optional.of(new Annotation(Layout.valueOf(layout), codec, container));
    }

    private static List<Path> shards(FilmResult result) throws IOException {
        try (var files = Files.list(result.folder().resolve("shards"))) {
            return files.filter(file -> file.toString().endsWith(".tar"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PANELS mpeg4 mp4, PANELS mpeg4 mkv",
        "PANELS mpeg4 mp4, PANELS ffv1 mkv",
        "PANELS mpeg4 mp4, OVERLAY mpeg4 mp4",
        "PANELS mpeg4 mp4, NONE - -",
        "NONE - -, PANELS mpeg4 mp4"
    })
    void anotherVideoLeavesFinishedShardsAsTheyAre(String first, String second) throws Exception {
        var one = first.split(" ");
        var other = second.split(" ");
        var begun = process("out", video(one[0], one[1], one[2]), 2, WRITTEN);
        assertThat(begun.ending()).isEqualTo(Ending.INTERRUPTED);
        var early = shards(begun).subList(0, 2);
        for (var shard : early) {
            Files.setLastModifiedTime(shard, LONG_AGO);
        }

        var result = process("out", video(other[0], other[1], other[2]), 2, Long.MAX_VALUE);

        assertThat(result.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(Verifier.verify(result.folder()).get(0).findings()).isEmpty();
        for (var shard : early) {
            assertThat(Files.getLastModifiedTime(shard)).isEqualTo(LONG_AGO);
        }
        var undisturbed = process("undisturbed", video(other[0], other[1], other[2]), 2, Long.MAX_VALUE);
        assertThat(shards(result)).hasSameSizeAs(shards(undisturbed));
        for (var shard : shards(undisturbed)) {
            assertThat(result.folder().resolve("shards").resolve(shard.getFileName()))
                    .hasSameBinaryContentAs(shard);
        }
        assertThat(result.folder().resolve("frames.jsonl"))
                .hasSameBinaryContentAs(undisturbed.folder().resolve("frames.jsonl"));
        if (!other[0].equals("NONE")) {
            var shown = Watched.film(result.folder().resolve("annotated." + other[2]));
            assertThat(shown.times()).hasSize(FRAMES);
            var wanted = Watched.film(undisturbed.folder().resolve("annotated." + other[2]));
            assertThat(shown.seconds()).isEqualTo(wanted.seconds());
            assertThat(result.folder().resolve("annotated." + other[2]))
                    .hasSameBinaryContentAs(undisturbed.folder().resolve("annotated." + other[2]));
        }
    }

    @Test
    void aRunThatIsStoppedWhileItPaintsAnewDoesSoAgain() throws Exception {
        process("out", Optional.empty(), 2, WRITTEN);
        var stoppedEarly = process("out", video("PANELS", "mpeg4", "mp4"), 2, Long.MAX_VALUE, 4);
        assertThat(stoppedEarly.ending()).isEqualTo(Ending.INTERRUPTED);
        assertThat(stoppedEarly.counts().written() % 4)
                .as("nothing but whole shards")
                .isZero();
        assertThat(stoppedEarly.folder().resolve(".segments")).isEmptyDirectory();
        var stoppedLater = process("out", video("PANELS", "mpeg4", "mp4"), 2, WRITTEN + 3);
        assertThat(stoppedLater.ending()).isEqualTo(Ending.INTERRUPTED);

        var result = process("out", video("PANELS", "mpeg4", "mp4"), 2, Long.MAX_VALUE);

        assertThat(result.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(Watched.film(result.folder().resolve("annotated.mp4")).times())
                .hasSize(FRAMES);
        assertThat(Verifier.verify(result.folder()).get(0).findings()).isEmpty();
    }

    @Test
    void settingsThatShardsDependOnAreRefusedStill() throws Exception {
        process("out", video("PANELS", "mpeg4", "mp4"), 2, WRITTEN);
        assertThatThrownBy(() -> process("out", video("PANELS", "mpeg4", "mkv"), 3, Long.MAX_VALUE))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("`clusters` was 2, is now 3");
    }

    @Test
    void aFinishedRunKeepsItsVideo() throws Exception {
        process("out", video("PANELS", "mpeg4", "mp4"), 2, Long.MAX_VALUE);
        assertThatThrownBy(() -> process("out", video("PANELS", "mpeg4", "mkv"), 2, Long.MAX_VALUE))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("`container` was mp4, is now mkv");
    }
}

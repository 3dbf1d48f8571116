package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.annotate.Layout;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.output.film.Checkpoint;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.output.film.Manifest;
import org.chromaprep.output.film.SourceRecord;
import org.chromaprep.output.film.Verifier;
import org.chromaprep.pipeline.sample.SampleMember;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.settings.Annotation;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameChoice;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.pipeline.settings.Provenance;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.video.Fit;
import org.chromaprep.video.Rational;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.encode.VideoWriter;
import org.chromaprep.video.source.FilmFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts that are computed at the same time give what one run from the film's beginning to its end gives, byte for byte. */
class FilmPartsTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final int SCENE = 11;
    private static final int SCENES = 6;
    private static final Set<SampleMember> DUMPS =
            Set.of(SampleMembers.LUMA, SampleMembers.LABELS, SampleMembers.SAMPLES, SampleMembers.CENTROIDS);
    private static final FrameSelection EVERY_OTHER = new FrameSelection(
            OptionalDouble.empty(), OptionalDouble.empty(), 2, OptionalDouble.empty(), OptionalLong.empty());
    private static final FrameSelection FIRST_FORTY = new FrameSelection(
            OptionalDouble.empty(), OptionalDouble.empty(), 1, OptionalDouble.empty(), OptionalLong.of(40));

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({"2,2", "2,3", "3,3", "9,9"})
    void anyNumberOfPartsAndWorkersGivesTheSameBytes(int parts, int workers) throws Exception {
        var run = new Run(settings(DUMPS, FrameSelection.ALL));
        var plain = run.process("plain", 1, 1);

        var inParts = run.process("parts", parts, workers);

        assertThat(inParts).isEqualTo(plain);
        assertThat(plain.keySet()).contains("shards/film-000006.tar", "annotated.mkv");
        assertSound("parts");
    }

    @ParameterizedTest
    @MethodSource
    void whateverIsAskedFor(FilmSettings settings) throws Exception {
        var run = new Run(settings);
        var plain = run.process("plain", 1, 2);

        assertThat(run.process("parts", 3, 3)).isEqualTo(plain);
        assertSound("parts");
    }

    static List<FilmSettings> whateverIsAskedFor() {
        return List.of(
                settings(DUMPS, EVERY_OTHER),
                settings(DUMPS, FIRST_FORTY),
                choosing(settings(DUMPS, FIRST_FORTY), new FrameChoice(OptionalInt.of(7), OptionalInt.empty(), false)),
                choosing(
                        settings(DUMPS, FrameSelection.ALL),
                        new FrameChoice(OptionalInt.empty(), OptionalInt.of(1), true)),
                settings(Set.of(), FrameSelection.ALL),
                settings(Set.of(SampleMembers.LUMA), FrameSelection.ALL).inPartsOf(Optional.of(Duration.ofHours(1))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 17, 40, 65})
    void runsThatAreStoppedInPartsContinueInPartsOrWithoutThem(int stopAt) throws Exception {
        var run = new Run(settings(DUMPS, FrameSelection.ALL));
        var plain = run.process("plain", 1, 1);

        run.stopAt(stopAt);
        run.process("parts", 2, 2);
        run.process("other", 2, 2);
        run.stopAt(Long.MAX_VALUE);

        assertThat(run.process("parts", 2, 2)).isEqualTo(plain);
        assertThat(run.process("other", 1, 1)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 12, 23, 30, 45, 60})
    void aRunWithoutPartsAtOnceThatIsStoppedGivesTheSameBytes(int stopAt) throws Exception {
        var run = new Run(settings(DUMPS, FrameSelection.ALL));
        var plain = run.process("plain", 1, 1);

        run.stopAt(stopAt);
        run.process("stopped", 1, 1);
        run.stopAt(Long.MAX_VALUE);

        assertThat(run.process("stopped", 2, 2)).isEqualTo(plain);
    }

    @Test
    void partsThatAreWholeAreNotComputedAgainAndDamagedOnesAre() throws Exception {
        var run = new Run(settings(DUMPS, FrameSelection.ALL));
        var plain = run.process("plain", 1, 1);
        run.stopAt(60);
        run.process("parts", 2, 2);
        var ledger = temporary.resolve("parts/film/.parts/000000/film/frames.jsonl");
        var bytes = Files.readAllBytes(ledger);
        bytes[bytes.length / 2] ^= 1;
        Files.write(ledger, bytes);
        Files.delete(temporary.resolve("parts/film/.parts/000001/film/shards/film-000006.tar"));
        run.stopAt(Long.MAX_VALUE);

        assertThat(run.process("parts", 2, 2)).isEqualTo(plain);
    }

    @Test
    void partsAreComputedAnywhereInAnyOrderAndMergedAtTheEnd() throws Exception {
        var run = new Run(settings(DUMPS, FrameSelection.ALL));
        var plain = run.process("plain", 1, 1);

        assertThat(run.plan("parts")).contains(3);
        assertThat(run.part("parts", 2)).contains(2);
        assertThat(run.part("parts", 0)).contains(0);
        run.stopAt(2);
        assertThat(run.part("parts", 1)).isEmpty();
        run.stopAt(Long.MAX_VALUE);
        assertThat(run.part("parts", 1)).contains(1);
        assertThat(run.plan("parts")).contains(3);

        assertThat(run.process("parts", 2, 2)).isEqualTo(plain);
        assertThat(run.plan("parts")).contains(0);
    }

    @Test
    void aPartTakesTheFilmsHashAndMeasuresFromThePlanWhereTheFileIsTheSameBySizeAndTime() throws Exception {
        var run = new Run(settings(DUMPS, FrameSelection.ALL));
        run.plan("parts");
        var plan = PartsPlan.in(temporary.resolve("parts/film/.parts")).orElseThrow();
        // Whoever reads the film finds another hash, and with it no plan.
        var pretended = plan.source();
        var other = new SourceRecord(
                pretended.name(),
                pretended.path(),
                pretended.bytes(),
                pretended.modified(),
                Optional.of("0".repeat(64)),
                pretended.codec(),
                pretended.width(),
                pretended.height(),
                pretended.rate(),
                pretended.measured(),
                pretended.about());
        new PartsPlan(plan.settings(), other, plan.view(), plan.parts()).write(temporary.resolve("parts/film/.parts"));

        assertThatThrownBy(() -> run.part("parts", 1)).hasMessageContaining("the film film.mkv itself has changed");
        var time = Files.getLastModifiedTime(film());
        Files.setLastModifiedTime(film(), FileTime.fromMillis(time.toMillis() + 1000));
        assertThatThrownBy(() -> run.part("parts", 1)).hasMessageContaining("not planned");
    }

    @Test
    void partsAreFoundBySeekingAndReadFromTheBeginningWhereThePlanSaysOtherwise() throws Exception {
        var run = new Run(settings(DUMPS, FrameSelection.ALL));
        var plain = run.process("plain", 1, 1);
        run.plan("parts");
        run.part("parts", 2);
        assertThat(run.notes).containsExactly("continues at frame 44, which it has found by seeking");
        run.notes.clear();
        Files.walk(temporary.resolve("parts/film/.parts/000002"))
                .sorted(Comparator.reverseOrder())
                .forEach(file -> file.toFile().delete());
        var folder = temporary.resolve("parts/film/.parts");
        var plan = PartsPlan.in(folder).orElseThrow();
        var parts = new ArrayList<PartsPlan.Part>();
        for (var each : plan.parts()) {
            var states = new TreeMap<>(each.beginning().states());
            states.computeIfPresent("reader", (name, bytes) -> {
                var changed = bytes.clone();
                changed[Long.BYTES] ^= 1;
                return changed;
            });
            parts.add(new PartsPlan.Part(
                    each.number(),
                    each.firstFrame(),
                    each.endFrame(),
                    new Checkpoint(each.beginning().nextFrame(), states),
                    each.writtenBefore(),
                    each.linesBefore(),
                    each.firstShard(),
                    each.shards(),
                    each.counts(),
                    each.frames(),
                    each.pictures()));
        }
        new PartsPlan(plan.settings(), plan.source(), plan.view(), parts).write(folder);

        run.part("parts", 2);

        assertThat(run.notes).singleElement().asString().contains("read from its beginning");
        assertThat(run.process("parts", 2, 2)).isEqualTo(plain);
    }

    @Test
    void partsThatAreNotPlannedOrNotThereAreRefused() throws Exception {
        var run = new Run(settings(DUMPS, FrameSelection.ALL));

        assertThatThrownBy(() -> run.part("parts", 0))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("not planned");
        run.plan("parts");
        assertThatThrownBy(() -> run.part("parts", 3))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("has the parts 0 to 2");
        var other = new Run(settings(DUMPS, EVERY_OTHER));
        other.facts = Map.of("layers", "conv1_1", "every", "2");
        assertThatThrownBy(() -> other.part("parts", 0)).hasMessageContaining("not planned");
        var whole = new Run(settings(DUMPS, FrameSelection.ALL).inPartsOf(Optional.empty()));
        assertThatThrownBy(() -> whole.plan("parts"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("`part-minutes`");
    }

    @Test
    void partsOfOtherKernelsAreNeitherComputedNorMerged() throws Exception {
        var run = new Run(settings(DUMPS, FrameSelection.ALL));
        run.versions = Map.of("openblas", "0.3.31 haswell");
        run.plan("parts");
        for (var part = 0; part < 3; part++) {
            run.part("parts", part);
        }
        var other = new Run(settings(DUMPS, FrameSelection.ALL));
        other.versions = Map.of("openblas", "0.3.31 zen");

        assertThatThrownBy(() -> other.part("parts", 0))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("openblas was 0.3.31 haswell, is now 0.3.31 zen");
        assertThatThrownBy(() -> other.process("parts", 2, 2))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("openblas was 0.3.31 haswell, is now 0.3.31 zen")
                .hasMessageContaining("CHROMAPREP_OPENBLAS_CORETYPE=haswell");
    }

    @Test
    void aPlanOfAnotherRunIsMadeAgain() throws Exception {
        var run = new Run(settings(DUMPS, FrameSelection.ALL));
        run.stopAt(30);
        run.process("parts", 2, 2);
        assertThat(temporary.resolve("parts/film/.parts/plan.json")).exists();

        var other = new Run(settings(DUMPS, EVERY_OTHER));
        other.facts = Map.of("layers", "conv1_1", "every", "2");
        other.overwrite = true;

        assertThat(other.process("parts", 2, 2)).isEqualTo(other.process("plain", 1, 1));
    }

    @Test
    void aFilmThatChangesBetweenItsPlanAndItsPartsIsRefused() throws Exception {
        var run = new Run(settings(DUMPS, FrameSelection.ALL));
        run.stopAt(30);
        run.process("parts", 2, 2);
        var plan = PartsPlan.in(temporary.resolve("parts/film/.parts")).orElseThrow();
        assertThat(plan.parts()).extracting(PartsPlan.Part::firstFrame).containsExactly(0L, 2L * SCENE, 4L * SCENE);
        assertThat(plan.parts()).extracting(PartsPlan.Part::firstShard).containsExactly(0, 6, 12);
        var last = plan.parts().get(plan.parts().size() - 1);
        var others = new ArrayList<>(plan.parts());
        others.set(
                others.size() - 1,
                new PartsPlan.Part(
                        last.number(),
                        last.firstFrame(),
                        last.endFrame(),
                        last.beginning(),
                        last.writtenBefore(),
                        last.linesBefore(),
                        last.firstShard(),
                        last.shards(),
                        last.counts(),
                        "of other frames",
                        last.pictures()));
        new PartsPlan(plan.settings(), plan.source(), plan.view(), others)
                .write(temporary.resolve("parts/film/.parts"));
        run.stopAt(Long.MAX_VALUE);

        assertThatThrownBy(() -> run.process("parts", 2, 2))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("other frames when its part " + last.number());
    }

    private static FilmSettings settings(Set<SampleMember> dumps, FrameSelection selection) {
        return new FilmSettings(
                        new Grid(32, 32),
                        Fit.STRETCH,
                        Preprocessing.CAFFE,
                        Optional.of(new KMeansSettings(3, 50, 1e-4, 5)),
                        FrameClusterer.Mode.TEMPORAL,
                        Optional.empty(),
                        dumps,
                        64,
                        5,
                        10_000_000,
                        OptionalInt.of(4),
                        Optional.of(new Annotation(Layout.PANELS, "mpeg4", "mkv")),
                        selection)
                .inPartsOf(Optional.of(Duration.ofMillis(600)));
    }

    private static FilmSettings choosing(FilmSettings of, FrameChoice choice) {
        return new FilmSettings(
                of.grid(),
                of.fit(),
                of.preprocessing(),
                of.clustering(),
                of.clusterMode(),
                of.seedPixels(),
                of.dumps(),
                of.samples(),
                of.seed(),
                of.shardBytes(),
                of.shardFrames(),
                of.annotation(),
                of.selection(),
                of.pictures(),
                choice,
                of.pixels(),
                of.project(),
                of.partLength());
    }

    private void assertSound(String out) throws Exception {
        assertThat(Verifier.verify(temporary.resolve(out)))
                .allSatisfy(report -> assertThat(report.damages()).isEmpty());
    }

    /** Scenes of random blocks in which something moves; two frames are the same picture. */
    private Path film() throws Exception {
        var file = temporary.resolve("film.mkv");
        if (Files.exists(file)) {
            return file;
        }
        var settings = new EncoderSettings("mjpeg", WIDTH, HEIGHT, new Rational(1, 25), new Rational(25, 1), 1);
        var picture = new int[WIDTH * HEIGHT];
        try (var writer = VideoWriter.open(file, settings)) {
            for (var frame = 0; frame < SCENES * SCENE; frame++) {
                var random = new Random(frame / SCENE);
                var blocks = random.ints(48, 0, 256).toArray();
                for (var pixel = 0; pixel < picture.length; pixel++) {
                    var block = blocks[pixel / WIDTH / 8 * 8 + pixel % WIDTH / 8];
                    var moved = pixel % WIDTH == (frame - (frame % SCENE == 7 ? 1 : 0)) % WIDTH ? 255 : block;
                    picture[pixel] = moved * 0x10101;
                }
                writer.write(picture, frame);
            }
            writer.finish();
        }
        return file;
    }

    /** Runs over the film with the same settings. */
    private final class Run {
        private final FilmSettings settings;
        private Map<String, String> facts = Map.of("layers", "conv1_1");
        private Map<String, String> versions = Map.of();
        private final List<String> notes = new ArrayList<>();
        private boolean overwrite;
        private long stopAt = Long.MAX_VALUE;

        Run(FilmSettings settings) {
            this.settings = settings;
        }

        void stopAt(long frame) {
            stopAt = frame;
        }

        /** The names and hashes of the film's files; the manifest's without times. */
        Map<String, String> process(String out, int parts, int workers) throws Exception {
            var result = run(
                    parts,
                    workers,
                    processor -> processor.process(new FilmFile(film()), temporary.resolve(out), "film", overwrite));
            assertThat(result.ending())
                    .isEqualTo(stopAt == Long.MAX_VALUE ? FilmResult.Ending.COMPLETE : FilmResult.Ending.INTERRUPTED);
            return files(temporary.resolve(out).resolve("film"));
        }

        Optional<Integer> plan(String out) throws Exception {
            return run(1, 1, processor -> processor.plan(job(), temporary.resolve(out)));
        }

        Optional<Integer> part(String out, int number) throws Exception {
            return run(1, 1, processor -> processor.part(job(), number, temporary.resolve(out)));
        }

        private FilmJob job() throws Exception {
            return new FilmJob(new FilmFile(film()), "film", false);
        }

        private <T> T run(int parts, int workers, Step<T> step) throws Exception {
            var stop = new StopSignal();
            var progress = new FilmProgress() {
                @Override
                public void begin(String name, OptionalLong frames, long done) {}

                @Override
                public void note(String sentence) {
                    notes.add(sentence);
                }

                @Override
                public void frame(LedgerCounts counts) {
                    if (counts.decoded() >= stopAt) {
                        stop.request();
                    }
                }

                @Override
                public void end() {}
            };
            try (var engine = SmallFilm.engine()) {
                var processor = new FilmProcessor(
                        settings,
                        engine,
                        new Provenance(facts, Map.of("kind", "random"), versions, true),
                        workers,
                        new SimpleMeterRegistry(),
                        progress,
                        stop);
                processor.partsAtOnce(parts);
                return step.with(processor);
            }
        }
    }

    private interface Step<T> {
        T with(FilmProcessor processor) throws Exception;
    }

    private static Map<String, String> files(Path folder) throws Exception {
        var files = new TreeMap<String, String>();
        try (var all = Files.walk(folder)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                var name = folder.relativize(file).toString();
                var content = Files.readAllBytes(file);
                if (name.equals(Manifest.FILE)) {
                    var tree = (ObjectNode) Json.MAPPER.readTree(content);
                    tree.remove(List.of("stages", "seal"));
                    content = Json.MAPPER.writeValueAsBytes(tree);
                    files.put(name, new String(content, StandardCharsets.UTF_8));
                } else {
                    files.put(name, DigestUtils.sha256Hex(content));
                }
            }
        }
        return files;
    }
}

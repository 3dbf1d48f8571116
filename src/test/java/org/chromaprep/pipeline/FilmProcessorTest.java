package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.chromaprep.annotate.Layout;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.InterposedEngine;
import org.chromaprep.engine.NaiveVgg;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.nd4j.Nd4jEngine;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.output.film.Verifier;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.settings.Annotation;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.pipeline.settings.Provenance;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.pipeline.watch.ProgressInTurn;
import org.chromaprep.pipeline.watch.RunMonitor;
import org.chromaprep.pipeline.watch.WatchedProgress;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.video.Fit;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.source.FilmFile;
import org.chromaprep.video.source.FilterGraph;
import org.chromaprep.video.source.Sources;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class FilmProcessorTest {
    private static final Grid GRID = new Grid(32, 32);
    private static final NetworkPlan PLAN = new NetworkPlan(List.of(Vgg16.CONV1_1, Vgg16.CONV1_2), 32, 32);
    private static final Duration GUARD = Duration.ofSeconds(60);
    private static final int FRAMES = 18;
    private static final Optional<Annotation> NO_VIDEO = Optional.empty();

    @TempDir
    private Path temporary;

    private Path pictures;
    private OptionalLong expected = OptionalLong.empty();

    /** Blocks on noise that wander, with a cut in the middle. */
    @BeforeEach
    void drawTheFilm() throws IOException {
        pictures = Files.createDirectories(temporary.resolve("pictures"));
        for (int frame = 0; frame < FRAMES; frame++) {
            var image = new BufferedImage(48, 40, BufferedImage.TYPE_BYTE_GRAY);
            var late = frame >= FRAMES / 2;
            var random = new Random(late ? 2 : 1);
            for (int y = 0; y < 40; y++) {
                for (int x = 0; x < 48; x++) {
                    var inside = Math.abs(x - 8 - frame) < 7 && Math.abs(y - 20) < 9;
                    var grey = random.nextInt(30) + (late ? inside ? 10 : 220 - 5 * y : inside ? 180 : 10 + x);
                    image.getRaster().setSample(x, y, 0, grey);
                }
            }
            ImageIO.write(
                    image,
                    "png",
                    pictures.resolve(String.format(Locale.ROOT, "frame%02d.png", frame))
                            .toFile());
        }
    }

    private static FilmSettings settings(Optional<Annotation> annotation, FrameSelection selection) {
        return new FilmSettings(
                GRID,
                Fit.STRETCH,
                Preprocessing.CAFFE,
                Optional.of(new KMeansSettings(3, 50, 1e-4, 5)),
                FrameClusterer.Mode.TEMPORAL,
                Optional.empty(),
                Set.of(SampleMembers.LUMA, SampleMembers.LABELS, SampleMembers.SAMPLES, SampleMembers.CENTROIDS),
                64,
                5,
                10_000_000,
                OptionalInt.of(4),
                annotation,
                selection);
    }

    private static FrameSelection every(int number) {
        return new FrameSelection(
                OptionalDouble.empty(), OptionalDouble.empty(), number, OptionalDouble.empty(), OptionalLong.empty());
    }

    private static Engine engine() {
        return new Nd4jEngine(PLAN, NaiveVgg.randomWeights(3, Vgg16.CONV1_2), 1);
    }

    private SourceInput film() throws Exception {
        return Sources.expand(pictures.toString()).get(0);
    }

    private FilmResult process(String out, FilmSettings settings, Engine engine, int workers, long stopAfter)
            throws Exception {
        var stop = new StopSignal();
        var progress = new FilmProgress() {
            @Override
            public void begin(String name, OptionalLong frames, long done) {
                expected = frames;
            }

            @Override
            public void frame(LedgerCounts counts) {
                if (counts.decoded() >= stopAfter) {
                    stop.request();
                }
            }

            @Override
            public void end() {}
        };
        var facts = new Provenance(Map.of("layers", "conv1_1,conv1_2"), Map.of("kind", "random"), Map.of(), true);
        var processor = new FilmProcessor(settings, engine, facts, workers, new SimpleMeterRegistry(), progress, stop);
        return Assertions.assertTimeoutPreemptively(
                GUARD, () -> processor.process(film(), temporary.resolve(out), "film", false));
    }

    private FilmResult process(String out, FilmSettings settings, int workers, long stopAfter) throws Exception {
        try (var engine = engine()) {
            return process(out, settings, engine, workers, stopAfter);
        }
    }

    private FilmResult process(String out, FilmSettings settings) throws Exception {
        return process(out, settings, 1, Long.MAX_VALUE);
    }

    private static List<Path> shards(FilmResult result) throws IOException {
        try (var files = Files.list(result.folder().resolve("shards"))) {
            return files.filter(file -> file.toString().endsWith(".tar"))
                    .sorted()
                    .toList();
        }
    }

    /** Every member of every shard. */
    private static Map<String, ByteBuffer> members(FilmResult result) throws IOException {
        var members = new TreeMap<String, ByteBuffer>();
        for (var shard : shards(result)) {
            try (var tar = new TarArchiveInputStream(Files.newInputStream(shard))) {
                for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    assertThat(members.put(entry.getName(), ByteBuffer.wrap(tar.readAllBytes())))
                            .isNull();
                }
            }
        }
        return members;
    }

    private static void assertSound(FilmResult result) throws Exception {
        assertThat(Verifier.verify(result.folder()).get(0).findings()).isEmpty();
    }

    private static int framesOf(Path video) throws Exception {
        var frames = 0;
        try (var source = Sources.open(new FilmFile(video), SourceOptions.DEFAULT);
                var picture = new Picture()) {
            for (var read = source.read(picture); !(read instanceof EndOfStream); read = source.read(picture)) {
                assertThat(read).isInstanceOf(FrameRead.class);
                frames++;
            }
        }
        return frames;
    }

    @Test
    void everyFrameIsInTheLedgerAndInAShard() throws Exception {
        Files.writeString(pictures.resolve("frame05.png"), "no picture");
        var result = process("out", settings(NO_VIDEO, FrameSelection.ALL));
        assertThat(result.ending()).isEqualTo(FilmResult.Ending.COMPLETE);
        assertThat(result.counts()).isEqualTo(new LedgerCounts(FRAMES - 1, FRAMES - 1, 0, 0, 1));
        assertSound(result);
        assertThat(Files.readAllLines(result.folder().resolve("frames.jsonl"))).hasSize(FRAMES);
        assertThat(members(result))
                .hasSize((FRAMES - 1) * 7)
                .containsKeys(
                        "film_000000000.labels.png", String.format(Locale.ROOT, "film_%09d.centroids.npy", FRAMES - 2));
        assertThat(shards(result)).hasSize(5);
    }

    @Test
    void aCutBeginsAnotherScene() throws Exception {
        var result = process("out", settings(NO_VIDEO, FrameSelection.ALL));
        var lines = Files.readAllLines(result.folder().resolve("frames.jsonl"));
        assertThat(lines.subList(0, FRAMES / 2)).allMatch(line -> line.contains("\"scene\":0,"));
        assertThat(lines.subList(FRAMES / 2, FRAMES)).allMatch(line -> line.contains("\"scene\":1,"));
    }

    @ParameterizedTest
    @EnumSource(FrameClusterer.Mode.class)
    void anyNumberOfWorkersAndOfThreadsBehindThemWritesTheSame(FrameClusterer.Mode mode) throws Exception {
        var usual = settings(NO_VIDEO, FrameSelection.ALL);
        var settings = new FilmSettings(
                usual.grid(),
                usual.fit(),
                usual.preprocessing(),
                usual.clustering(),
                mode,
                usual.seedPixels(),
                usual.dumps(),
                usual.samples(),
                usual.seed(),
                usual.shardBytes(),
                usual.shardFrames(),
                Optional.of(new Annotation(Layout.PANELS, "h264", "mp4")),
                usual.selection());
        var one = process("one", settings, 1, Long.MAX_VALUE);
        assertThat(shards(one)).hasSizeGreaterThan(2);
        // Nine workers have two threads to put samples together, two that encode,
        // two that help with products, or four that cluster.
        for (var workers : new int[] {3, 9}) {
            assertSameBytes(process("many" + workers, settings, workers, Long.MAX_VALUE), one);
        }
    }

    @Test
    void anInterruptedRunGoesOnAsIfNothingHadHappened() throws Exception {
        var settings = settings(Optional.of(new Annotation(Layout.PANELS, "mpeg4", "mp4")), FrameSelection.ALL);
        var first = process("interrupted", settings, 1, 5);
        assertThat(first.ending()).isEqualTo(FilmResult.Ending.INTERRUPTED);
        assertThat(first.counts().written()).isBetween(5L, FRAMES - 1L);
        assertSound(first);
        assertThat(Verifier.verify(first.folder()).get(0).open())
                .isEqualTo(first.counts().written() % 4 != 0);
        assertThat((long) framesOf(first.folder().resolve("annotated.mp4")))
                .isEqualTo(first.counts().written());
        var second = process("interrupted", settings);
        assertThat(second.ending()).isEqualTo(FilmResult.Ending.COMPLETE);
        assertThat(second.counts()).isEqualTo(new LedgerCounts(FRAMES, FRAMES, 0, 0, 0));
        assertSound(second);
        var undisturbed = process("undisturbed", settings);
        assertSameBytes(second, undisturbed);
        assertThat(framesOf(undisturbed.folder().resolve("annotated.mp4"))).isEqualTo(FRAMES);
    }

    private static void assertSameBytes(FilmResult result, FilmResult undisturbed) throws IOException {
        assertThat(shards(result)).hasSameSizeAs(shards(undisturbed));
        for (var shard : shards(undisturbed)) {
            assertThat(result.folder().resolve("shards").resolve(shard.getFileName()))
                    .hasSameBinaryContentAs(shard);
        }
        for (var file : List.of("frames.jsonl", "annotated.mp4")) {
            assertThat(result.folder().resolve(file))
                    .hasSameBinaryContentAs(undisturbed.folder().resolve(file));
        }
    }

    @Test
    void aCompleteRunIsNotRepeated() throws Exception {
        process("out", settings(NO_VIDEO, FrameSelection.ALL));
        var again = process("out", settings(NO_VIDEO, FrameSelection.ALL));
        assertThat(again.ending()).isEqualTo(FilmResult.Ending.WAS_COMPLETE);
        assertThat(again.counts().written()).isEqualTo(FRAMES);
    }

    @Test
    void framesLeftOutByRequestAreInTheLedger() throws Exception {
        var result = process("out", settings(NO_VIDEO, every(4)));
        assertThat(result.counts()).isEqualTo(new LedgerCounts(FRAMES, 5, FRAMES - 5, 0, 0));
        assertSound(result);
        var lines = Files.readAllLines(result.folder().resolve("frames.jsonl"));
        for (int frame = 0; frame < FRAMES; frame++) {
            assertThat(lines.get(frame))
                    .contains("\"frame\":" + frame + ",")
                    .contains(frame % 4 == 0 ? "\"written\"" : "\"skipped\"");
        }
        assertThat(lines.get(1)).contains("every 4");
    }

    @Test
    void noMoreFramesAreExpectedThanAreAskedFor() throws Exception {
        var few = new FrameSelection(
                OptionalDouble.empty(), OptionalDouble.empty(), 2, OptionalDouble.empty(), OptionalLong.of(3));
        assertThat(process("few", settings(NO_VIDEO, few)).counts().decoded()).isEqualTo(5);
        assertThat(expected).hasValue(5);
        process("all", settings(NO_VIDEO, FrameSelection.ALL));
        assertThat(expected).hasValue(FRAMES);
    }

    @Test
    void aFilmOfAFilterGraphIsCountedToItsEnd() throws Exception {
        var graph = new FilterGraph("testsrc=size=64x48:rate=25:duration=0.4");
        var facts = new Provenance(new LinkedHashMap<>(), Map.of(), Map.of(), true);
        var silent = new FilmProgress() {
            @Override
            public void begin(String name, OptionalLong frames, long done) {}

            @Override
            public void frame(LedgerCounts counts) {}

            @Override
            public void end() {}
        };
        try (var engine = engine()) {
            var processor = new FilmProcessor(
                    settings(NO_VIDEO, FrameSelection.ALL),
                    engine,
                    facts,
                    1,
                    new SimpleMeterRegistry(),
                    silent,
                    new StopSignal());
            var result = Assertions.assertTimeoutPreemptively(
                    GUARD, () -> processor.process(graph, temporary.resolve("out"), "graph", false));
            assertThat(result.counts()).isEqualTo(new LedgerCounts(10, 10, 0, 0, 0));
            assertSound(result);
        }
    }

    @Test
    void aRunThatContinuesSaysHowFarItIsOnItsWayThere() throws Exception {
        var graph = new FilterGraph("testsrc=size=64x48:rate=25:duration=0.4");
        assertThat(continued(graph, 5)).isEmpty();
        // The run that was stopped has committed one shard of four frames at least.
        var way = continued(graph, Long.MAX_VALUE);
        assertThat(way).isNotEmpty();
        var until = way.get(0).until();
        assertThat(until).isBetween(4L, 9L);
        assertThat(way)
                .isEqualTo(LongStream.range(0, until)
                        .mapToObj(frame -> new RunMonitor.Way(frame, until))
                        .toList());
    }

    /** What a run says of its way to where it continues, which those who watch it see, too. */
    private List<RunMonitor.Way> continued(SourceInput film, long stopAfter) throws Exception {
        var stop = new StopSignal();
        var desk = new RunMonitor();
        var way = new ArrayList<RunMonitor.Way>();
        var progress = new FilmProgress() {
            @Override
            public void begin(String name, OptionalLong frames, long done) {}

            @Override
            public void reread(long frame, long until) {
                way.add(desk.way().orElseThrow());
                assertThat(way.get(way.size() - 1)).isEqualTo(new RunMonitor.Way(frame, until));
            }

            @Override
            public void frame(LedgerCounts counts) {
                assertThat(desk.way()).isEmpty();
                if (counts.decoded() >= stopAfter) {
                    stop.request();
                }
            }

            @Override
            public void end() {}
        };
        var facts = new Provenance(new LinkedHashMap<>(), Map.of(), Map.of(), true);
        try (var engine = engine()) {
            var processor = new FilmProcessor(
                    settings(NO_VIDEO, FrameSelection.ALL),
                    engine,
                    facts,
                    1,
                    new SimpleMeterRegistry(),
                    new ProgressInTurn(new WatchedProgress(desk), progress),
                    stop);
            Assertions.assertTimeoutPreemptively(
                    GUARD, () -> processor.process(film, temporary.resolve("way"), "film", false));
        }
        return way;
    }

    @Test
    void aStageThatFailsEndsTheRunAndWhatIsCommittedStays() throws Exception {
        var settings = settings(NO_VIDEO, FrameSelection.ALL);
        try (var engine = new InterposedEngine(engine(), (frame, workers) -> {
            if (frame == 6) {
                throw new EngineException("The device is on fire.");
            }
        })) {
            assertThatThrownBy(() -> process("out", settings, engine, 1, Long.MAX_VALUE))
                    .isInstanceOf(EngineException.class)
                    .hasMessage("The device is on fire.");
        }
        var resumed = process("out", settings);
        assertThat(resumed.ending()).isEqualTo(FilmResult.Ending.COMPLETE);
        assertThat(members(resumed)).isEqualTo(members(process("undisturbed", settings)));
    }
}

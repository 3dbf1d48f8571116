package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.InterposedEngine;
import org.chromaprep.engine.NaiveVgg;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.nd4j.Nd4jEngine;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.output.film.Verifier;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.pipeline.settings.LiveSettings;
import org.chromaprep.pipeline.settings.Provenance;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.video.CaptureOptions;
import org.chromaprep.video.Fit;
import org.chromaprep.video.source.FilterGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@Timeout(120)
class LiveRunTest {
    private static final NetworkPlan PLAN = new NetworkPlan(List.of(Vgg16.CONV1_1), 32, 32);
    private static final int FRAMES = 50;
    private static final CaptureOptions PACED = new CaptureOptions(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            OptionalInt.of(0),
            true,
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty());

    @TempDir
    private Path temporary;

    private static FilmSettings settings(FrameSelection selection) {
        return new FilmSettings(
                new Grid(32, 32),
                Fit.STRETCH,
                Preprocessing.CAFFE,
                Optional.of(new KMeansSettings(2, 20, 1e-4, 5)),
                FrameClusterer.Mode.TEMPORAL,
                Optional.empty(),
                Set.of(SampleMembers.LUMA, SampleMembers.LABELS),
                64,
                5,
                10_000_000,
                OptionalInt.of(4),
                Optional.empty(),
                selection);
    }

    private static LiveSettings live(Optional<Duration> maxLatency) {
        return new LiveSettings(
                PACED, true, Optional.empty(), maxLatency, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private FilmResult watch(
            Engine engine,
            LiveSettings live,
            FrameSelection selection,
            int workers,
            StopSignal stop,
            LongConsumer progress)
            throws Exception {
        return watch(
                "testsrc=size=64x48:rate=25:duration=" + FRAMES / 25.0,
                engine,
                live,
                selection,
                workers,
                stop,
                progress);
    }

    private FilmResult watch(
            String graph,
            Engine engine,
            LiveSettings live,
            FrameSelection selection,
            int workers,
            StopSignal stop,
            LongConsumer progress)
            throws Exception {
        var facts = new Provenance(Map.of("layers", "conv1_1"), Map.of("kind", "random"), Map.of(), true);
        return new FilmProcessor(
                        settings(selection),
                        live,
                        engine,
                        facts,
                        workers,
                        new SimpleMeterRegistry(),
                        new Heard(progress),
                        stop)
                .process(new FilterGraph(graph), temporary.resolve("out"), "film", false);
    }

    private FilmResult watch(Engine engine, LiveSettings live, int workers) throws Exception {
        return watch(engine, live, FrameSelection.ALL, workers, new StopSignal(), written -> {});
    }

    private static Engine engine() {
        return new Nd4jEngine(PLAN, NaiveVgg.randomWeights(3, Vgg16.CONV1_1), 1);
    }

    private static Engine slow(long millis) {
        return new InterposedEngine(engine(), (frame, workers) -> pause(millis));
    }

    private static void pause(long millis) {
        try {
            // A permit that never comes is a wait of exactly that time.
            assertThat(new Semaphore(0).tryAcquire(millis, TimeUnit.MILLISECONDS))
                    .isFalse();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<JsonNode> ledger(FilmResult result) throws Exception {
        var lines = new ArrayList<JsonNode>();
        for (var line : Files.readAllLines(result.folder().resolve("frames.jsonl"))) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private static void assertEveryFrameOnceInOrder(FilmResult result) throws Exception {
        var lines = ledger(result);
        for (var frame = 0; frame < lines.size(); frame++) {
            assertThat(lines.get(frame).get("frame").asLong()).isEqualTo(frame);
        }
        assertThat(lines).hasSize((int) result.counts().decoded());
        assertThat(Verifier.verify(result.folder()).get(0).findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatTheNetworkIsTooSlowForIsDroppedAndCounted(int workers) throws Exception {
        try (var engine = slow(150 * workers)) {
            var result = watch(engine, live(Optional.empty()), workers);
            var counts = result.counts();
            assertThat(result.ending()).isEqualTo(FilmResult.Ending.COMPLETE);
            assertThat(counts.decoded()).isEqualTo(FRAMES).isEqualTo(counts.written() + counts.dropped());
            assertThat(counts.written()).isBetween(5L, 40L);
            assertThat(result.notes()).anyMatch(note -> note.startsWith(Latency.NOTE + " over " + counts.written()));
            assertEveryFrameOnceInOrder(result);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void noMoreFramesAreInTheWorksThanKeepTheWorkersBusy(int workers) throws Exception {
        var begun = new AtomicLong();
        var written = new AtomicLong();
        var most = new AtomicLong();
        var slow = new InterposedEngine(engine(), (frame, all) -> {
            var turn = begun.incrementAndGet();
            most.accumulateAndGet(turn - written.get(), Math::max);
            // One worker gets all the slow frames, so that the others come free before their turn.
            pause(turn % workers == 1 ? 90 : 30);
        });
        try (slow) {
            var counts = watch(
                            slow, live(Optional.empty()), FrameSelection.ALL, workers, new StopSignal(), written::set)
                    .counts();
            assertThat(counts.decoded()).isEqualTo(FRAMES).isEqualTo(counts.written() + counts.dropped());
            assertThat(most.get()).isBetween(1L, (long) Math.max(2, workers));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void picturesThatRepeatHoldUpNoWorkersTurn(int workers) throws Exception {
        try (var engine = engine()) {
            var result = watch(
                    "testsrc=size=64x48:rate=5:duration=" + FRAMES / 25.0 + ",fps=25",
                    engine,
                    live(Optional.empty()),
                    FrameSelection.ALL,
                    workers,
                    new StopSignal(),
                    written -> {});
            assertThat(result.ending()).isEqualTo(FilmResult.Ending.COMPLETE);
            assertThat(result.counts().written()).isGreaterThan(FRAMES / 2);
            assertThat(ledger(result))
                    .anyMatch(line -> line.path("reason").asText().contains("the same picture"));
            assertEveryFrameOnceInOrder(result);
        }
    }

    @Test
    void framesLeftOutByRequestAndDroppedOnesBalance() throws Exception {
        var every = new FrameSelection(
                OptionalDouble.empty(), OptionalDouble.empty(), 2, OptionalDouble.empty(), OptionalLong.empty());
        try (var engine = slow(150)) {
            var counts = watch(engine, live(Optional.empty()), every, 1, new StopSignal(), written -> {})
                    .counts();
            assertThat(counts.skipped()).isEqualTo(FRAMES / 2);
            assertThat(counts.written() + counts.dropped()).isEqualTo(FRAMES / 2);
            assertThat(counts.dropped()).isPositive();
        }
    }

    @Test
    void aRunThatIsStoppedKeepsWhatItCapturedAndGoesOnLater() throws Exception {
        var stop = new StopSignal();
        LedgerCounts before;
        try (var engine = engine()) {
            var first = watch(engine, live(Optional.empty()), FrameSelection.ALL, 1, stop, written -> {
                if (written == 10) {
                    stop.request();
                }
            });
            before = first.counts();
            assertThat(first.ending()).isEqualTo(FilmResult.Ending.INTERRUPTED);
            assertEveryFrameOnceInOrder(first);
        }
        try (var engine = engine()) {
            var second = watch(engine, live(Optional.empty()), 1);
            assertThat(second.ending()).isEqualTo(FilmResult.Ending.COMPLETE);
            assertThat(second.counts().decoded()).isEqualTo(before.decoded() + FRAMES);
            assertEveryFrameOnceInOrder(second);
            assertThat(ledger(second))
                    .extracting(line -> line.get("time").asDouble())
                    .isSorted();
        }
    }

    @Test
    void neverDroppingMakesTheSourceWait() throws Exception {
        var never = new LiveSettings(
                PACED,
                true,
                Optional.of(LiveSettings.Drop.NEVER),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        try (var engine = slow(60)) {
            assertThat(watch(engine, never, 1).counts()).isEqualTo(new LedgerCounts(FRAMES, FRAMES, 0, 0, 0));
        }
    }

    @Test
    void aRunThatDropsNothingGoesOnWithWhatHappensThen() throws Exception {
        var never = new LiveSettings(
                PACED,
                true,
                Optional.of(LiveSettings.Drop.NEVER),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var stop = new StopSignal();
        try (var engine = engine()) {
            var first = watch(engine, never, FrameSelection.ALL, 1, stop, written -> {
                if (written == 10) {
                    stop.request();
                }
            });
            assertThat(first.ending()).isEqualTo(FilmResult.Ending.INTERRUPTED);
            assertThat(first.counts().written())
                    .isEqualTo(first.counts().decoded())
                    .isGreaterThanOrEqualTo(10);
            var second = watch(engine, never, 1);
            assertThat(second.counts().written()).isEqualTo(first.counts().written() + FRAMES);
            assertEveryFrameOnceInOrder(second);
        }
    }

    @Test
    void theDurationEndsARunAsWhole() throws Exception {
        var second = new LiveSettings(
                PACED,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofMillis(800)),
                Optional.empty(),
                Optional.empty());
        try (var engine = engine()) {
            var result = watch(engine, second, 1);
            assertThat(result.ending()).isEqualTo(FilmResult.Ending.COMPLETE);
            assertThat(result.counts().decoded()).isBetween(1L, FRAMES - 5L);
        }
    }

    @Test
    void theDurationOfAGraphThatIsNotLiveIsItsOwnTime() throws Exception {
        var second = new LiveSettings(
                CaptureOptions.DEFAULT,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofMillis(800)),
                Optional.empty(),
                Optional.empty());
        try (var engine = engine()) {
            var result = watch(
                    "testsrc=size=64x48:rate=25",
                    engine,
                    second,
                    FrameSelection.ALL,
                    1,
                    new StopSignal(),
                    written -> {});
            assertThat(result.ending()).isEqualTo(FilmResult.Ending.COMPLETE);
            assertThat(result.counts()).isEqualTo(new LedgerCounts(20, 20, 0, 0, 0));
            assertEveryFrameOnceInOrder(result);
        }
    }

    @Test
    void aFailingNetworkEndsALiveRun() throws Exception {
        var failing = new InterposedEngine(engine(), (frame, workers) -> {
            pause(10);
            if (frame == 7) {
                throw new IllegalStateException("The device is on fire.");
            }
        });
        try (var engine = failing) {
            assertThat(catchThrowable(() -> watch(engine, live(Optional.empty()), 2)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The device is on fire.");
        }
    }

    @Test
    void lateFramesMakeTheRunDoLessAndSayIt() throws Exception {
        try (var engine = slow(40)) {
            var result = watch(engine, live(Optional.of(Duration.ofMillis(1))), 1);
            assertThat(result.notes()).anyMatch(note -> note.contains("`max-latency`"));
        }
    }

    /** Tells a listener how many frames are written. */
    private record Heard(LongConsumer listener) implements FilmProgress {
        @Override
        public void begin(String name, OptionalLong frames, long done) {}

        @Override
        public void frame(LedgerCounts counts) {
            listener.accept(counts.written());
        }

        @Override
        public void end() {}
    }
}

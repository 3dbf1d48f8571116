package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.chromaprep.annotate.Layout;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.pytorch.ResidentEngine;
import org.chromaprep.engine.pytorch.ResidentEngine.Demand;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.settings.Annotation;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.pipeline.settings.Provenance;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.vgg.LayerNames;
import org.chromaprep.vgg.Networks;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.RandomWeights;
import org.chromaprep.video.Fit;
import org.chromaprep.video.source.FilmFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a frame with the usual settings asks of a card, counted with the processor in its place. */
@Timeout(120)
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class DeviceDemandTest {
    private static final int SIDE = 32;
    /** A card has more: what a batch asks for is then asked less often. */
    private static final int BATCH = 2;
    /** Frames of two runs, both at least as many as slots in the ring: what is asked once in a run, or in a slot, does not count. */
    private static final int SHORT = 10;

    private static final int LONG = 18;

    @TempDir
    private Path temporary;

    private Engine engine() {
        var plan = new NetworkPlan(
                LayerNames.parse(Networks.VGG16, "conv1_2,conv2_2,conv3_3,conv4_3,conv5_3"), SIDE, SIDE);
        try {
            return ResidentEngine.open(plan, RandomWeights.of(0, plan.deepest()), BATCH);
        } catch (EngineException e) {
            Assumptions.abort(e.getMessage());
            throw e;
        }
    }

    private ResidentEngine.Work run(Engine engine, int frames, FrameClusterer.Mode mode) {
        var selection = new FrameSelection(
                OptionalDouble.empty(), OptionalDouble.empty(), 1, OptionalDouble.empty(), OptionalLong.of(frames));
        var settings = new FilmSettings(
                new Grid(SIDE, SIDE),
                Fit.STRETCH,
                Preprocessing.CAFFE,
                Optional.of(new KMeansSettings(2, 300, 1e-4, 0)),
                mode,
                Optional.empty(),
                Set.of(SampleMembers.LUMA, SampleMembers.LABELS, SampleMembers.SAMPLES),
                64,
                0,
                1_000_000_000,
                OptionalInt.empty(),
                Optional.of(new Annotation(Layout.PANELS, "h264", "mp4")),
                selection);
        var facts = new Provenance(Map.of(), Map.of("kind", "random"), Map.of(), true);
        var processor = new FilmProcessor(
                settings, engine, facts, 1, new SimpleMeterRegistry(), new Silence(), new StopSignal());
        return () -> {
            var result = processor.process(
                    new FilmFile(Path.of("sample-videos/chase.mp4")), temporary.resolve("out"), "film", true);
            assertThat(result.counts().written()).isEqualTo(frames);
        };
    }

    @Test
    void aFrameOfAFilmAsksForFewLaunchesTwoCopiesOneWaitAndNoMemory() throws Exception {
        try (var engine = engine()) {
            var mode = FrameClusterer.Mode.TEMPORAL;
            // What an engine makes once and keeps for the next film does not count, either.
            run(engine, SHORT, mode).run();
            var less = ResidentEngine.demand(engine, temporary.resolve("trace.json"), run(engine, SHORT, mode));
            var more = ResidentEngine.demand(engine, temporary.resolve("trace.json"), run(engine, LONG, mode));
            var frame = Demand.ofEach(LONG - SHORT, less, more);
            assertThat(frame.launches()).as(frame.toString()).isBetween(10.0, 60.0);
            assertThat(frame.operations()).as(frame.toString()).isBetween(200.0, 700.0);
            assertThat(frame.copies()).as(frame.toString()).isBetween(1.0, 2.0);
            assertThat(frame.waits()).as(frame.toString()).isBetween(0.5, 1.0);
            assertThat(frame.allocations()).as(frame.toString()).isZero();
        }
    }

    @Test
    void aFrameOfItsOwnSendsItsRandomNumbersToo() throws Exception {
        try (var engine = engine()) {
            var mode = FrameClusterer.Mode.INDEPENDENT;
            run(engine, SHORT, mode).run();
            var less = ResidentEngine.traffic(engine, run(engine, SHORT, mode));
            var frame = Demand.ofEach(LONG - SHORT, less, ResidentEngine.traffic(engine, run(engine, LONG, mode)));
            // How full the batches are that a frame shares its copies with depends on what the machine does beside.
            assertThat(frame.copies()).as(frame.toString()).isBetween(2.0, 4.0);
            assertThat(frame.waits()).as(frame.toString()).isBetween(0.5, 2.0);
        }
    }

    private static final class Silence implements FilmProgress {
        @Override
        public void begin(String name, OptionalLong frames, long done) {}

        @Override
        public void frame(LedgerCounts counts) {}

        @Override
        public void end() {}
    }
}

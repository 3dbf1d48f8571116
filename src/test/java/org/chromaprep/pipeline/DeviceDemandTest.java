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
    private static final int SIDE = 96;
    private static final int BATCH = 8;
    /** Two runs that differ in these many frames, in whole batches: what is asked once in a run does not count. */
    private static final int SHORT = 8;
    private static final int LONG = 24;

    @TempDir
    private Path temporary;

    private Engine engine() {
        var plan = new NetworkPlan(LayerNames.parse("conv1_2,conv2_2,conv3_3,conv4_3,conv5_3"), SIDE, SIDE);
        try {
            return ResidentEngine.open(plan, RandomWeights.of(0, plan.deepest()), BATCH);
        } catch (EngineException e) {
            Assumptions.abort(e.getMessage());
            throw e;
        }
    }

    private Demand demand(Engine engine, int frames, FrameClusterer.Mode mode) throws Exception {
        var selection = new FrameSelection(OptionalDouble.empty(), OptionalDouble.empty(), 1, OptionalDouble.empty(),
                OptionalLong.of(frames));
        var settings = new FilmSettings(new Grid(SIDE, SIDE), Fit.STRETCH, Preprocessing.CAFFE,
                Optional.of(new KMeansSettings(2, 300, 1e-4, 0)), mode, Optional.empty(),
                Set.of(SampleMembers.LUMA, SampleMembers.LABELS, SampleMembers.SAMPLES), 1024, 0, 1_000_000_000, OptionalInt.empty(),
                Optional.of(new Annotation(Layout.PANELS, "h264", "mp4")), selection);
        var facts = new Provenance(Map.of(), Map.of("kind", "random"), Map.of(), true);
        var processor = new FilmProcessor(settings, engine, facts, 1, new SimpleMeterRegistry(), new Silence(),
                new StopSignal());
        return ResidentEngine.demand(engine, temporary.resolve("trace.json"), () -> {
            var result = processor.process(new FilmFile(Path.of("sample-videos/chase.mp4")),
                    temporary.resolve("out"), "film", true);
            assertThat(result.counts().written()).isEqualTo(frames);
        });
    }

    private Demand ofEachFrame(FrameClusterer.Mode mode) throws Exception {
        try (var engine = engine()) {
            var less = demand(engine, SHORT, mode);
            return Demand.ofEach(LONG - SHORT, less, demand(engine, LONG, mode));
        }
    }

    @Test
    void aFrameOfAFilmAsksNoMoreThanItDid() throws Exception {
        var frame = ofEachFrame(FrameClusterer.Mode.TEMPORAL);
        assertThat(frame.launches()).isBetween(1.0, 900.0);
        assertThat(frame.copies()).isBetween(1.0, 900.0);
        assertThat(frame.waits()).isBetween(1.0, 100.0);
        assertThat(frame.allocations()).isBetween(0.0, 2500.0);
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

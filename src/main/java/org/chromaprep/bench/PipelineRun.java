package org.chromaprep.bench;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongConsumer;
import org.chromaprep.annotate.Layout;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.engine.Engine;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.pipeline.FilmProcessor;
import org.chromaprep.pipeline.StopSignal;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.settings.Annotation;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.pipeline.settings.Provenance;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.video.Fit;
import org.chromaprep.video.SourceInput;

/** One film through the whole pipeline, with default dumps, panels and two clusters. */
final class PipelineRun {
    private static final int SAMPLES = 1024;
    private static final long SHARD = 1_000_000_000;

    private PipelineRun() {}

    /**
     * Processes a film.
     *
     * @param everyFrame is called with the number of frames done, after each
     * @throws Exception whatever the pipeline throws
     */
    static void process(SourceInput film, Engine engine, int workers, Path out, LongConsumer everyFrame)
            throws Exception {
        process(film, engine, workers, out, true, new SimpleMeterRegistry(), everyFrame);
    }

    /**
     * As the other one.
     *
     * @param video whether an annotated video is made
     * @param registry takes the metrics
     */
    static void process(
            SourceInput film,
            Engine engine,
            int workers,
            Path out,
            boolean video,
            MeterRegistry registry,
            LongConsumer everyFrame)
            throws Exception {
        var plan = engine.plan();
        var settings = new FilmSettings(
                new Grid(plan.height(), plan.width()),
                Fit.STRETCH,
                Preprocessing.CAFFE,
                Optional.of(new KMeansSettings(2, 300, 1e-4, 0)),
                FrameClusterer.Mode.TEMPORAL,
                Optional.empty(),
                Set.of(SampleMembers.LUMA, SampleMembers.LABELS, SampleMembers.SAMPLES),
                SAMPLES,
                0,
                SHARD,
                OptionalInt.empty(),
                video ? Optional.of(new Annotation(Layout.PANELS, "h264", "mp4")) : Optional.empty(),
                FrameSelection.ALL);
        var progress = new FilmProgress() {
            @Override
            public void begin(String name, OptionalLong frames, long done) {}

            @Override
            public void frame(LedgerCounts counts) {
                everyFrame.accept(counts.decoded());
            }

            @Override
            public void end() {}
        };
        var facts = new Provenance(Map.of(), Map.of("kind", "random"), Map.of(), true);
        new FilmProcessor(settings, engine, facts, workers, registry, progress, new StopSignal())
                .process(film, out, "film", true);
    }
}

package org.chromaprep.fuzz;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
import org.chromaprep.engine.NaiveVgg;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.nd4j.Nd4jEngine;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.output.film.Verifier;
import org.chromaprep.pipeline.FilmProcessor;
import org.chromaprep.pipeline.StopSignal;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.settings.Annotation;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.pipeline.settings.Provenance;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.video.Fit;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.encode.EncodingException;
import org.chromaprep.video.source.FilmFile;

/** Processes films as the command does, small, every fifth frame, with sound and an annotated video, and verifies them. */
final class FilmTrial implements Trial {
    private static final Grid GRID = new Grid(32, 32);
    private static final String NAME = "film";

    private final Engine engine;
    private final FilmProcessor processor;

    FilmTrial() {
        var plan = new NetworkPlan(List.of(Vgg16.CONV1_1), GRID.height(), GRID.width());
        engine = new Nd4jEngine(plan, NaiveVgg.randomWeights(3, Vgg16.CONV1_1), 1);
        var selection = new FrameSelection(
                OptionalDouble.empty(), OptionalDouble.empty(), 5, OptionalDouble.empty(), OptionalLong.empty());
        var settings = new FilmSettings(
                GRID,
                Fit.LETTERBOX,
                Preprocessing.CAFFE,
                Optional.of(new KMeansSettings(2, 10, 1e-4, 5)),
                FrameClusterer.Mode.TEMPORAL,
                Optional.empty(),
                Set.of(SampleMembers.LUMA, SampleMembers.LABELS),
                64,
                5,
                1_000_000,
                OptionalInt.of(20),
                Optional.of(new Annotation(Layout.PANELS, "mpeg4", "mkv")),
                selection);
        var facts = new Provenance(Map.of(), Map.of(), Map.of(), true);
        processor = new FilmProcessor(
                settings, engine, facts, 1, new SimpleMeterRegistry(), new Silence(), new StopSignal());
    }

    private static final class Silence implements FilmProgress {
        @Override
        public void begin(String name, OptionalLong frames, long done) {}

        @Override
        public void frame(LedgerCounts counts) {}

        @Override
        public void end() {}
    }

    @Override
    public Outcome run(Path file, Path scratch) throws Exception {
        var outcome = process(file, scratch);
        if (!outcome.kind().isBad() && Files.exists(scratch.resolve(NAME).resolve("manifest.json"))) {
            for (var report : Verifier.verify(scratch)) {
                if (!report.findings().isEmpty()) {
                    return Outcome.of(Outcome.Kind.UNSOUND, report.findings());
                }
            }
        }
        return outcome;
    }

    private Outcome process(Path file, Path scratch) {
        try {
            var result = processor.process(new FilmFile(file), scratch, NAME, false);
            var off = imbalance(file, result.counts());
            if (off.isPresent()) {
                return Outcome.of(Outcome.Kind.UNSOUND, off.get());
            }
            return Outcome.of(result.counts().lost() > 0 ? Outcome.Kind.LOSSES : Outcome.Kind.TAKEN, result.counts());
        } catch (SourceException e) {
            return Outcome.of(Outcome.Kind.REFUSED, e.getMessage());
        } catch (EncodingException e) {
            return Outcome.of(Outcome.Kind.NOT_SHOWN, e.getMessage());
        } catch (Exception | OutOfMemoryError e) {
            return Outcome.of(Outcome.Kind.UNEXPECTED, e + " at " + e.getStackTrace()[0]);
        }
    }

    // No frame that FFmpeg alone gives is missing from the ledger, and no packet that owes one.
    private static Optional<String> imbalance(Path file, LedgerCounts counts) {
        var plain = PlainDecoding.of(file, SourceOptions.DEFAULT.maxPixels());
        var decoded = counts.written() + counts.skipped() + counts.dropped();
        var lines = decoded + counts.lost();
        return decoded < plain.frames() || plain.owed() && lines < plain.packets()
                ? Optional.of(plain + ", but the ledger has " + counts)
                : Optional.empty();
    }

    @Override
    public void close() {
        engine.close();
    }
}

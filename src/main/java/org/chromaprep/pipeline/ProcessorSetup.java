package org.chromaprep.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import org.chromaprep.engine.Engine;
import org.chromaprep.files.DiskSpace;
import org.chromaprep.hypercolumn.Projection;
import org.chromaprep.output.film.ProjectionFiles;
import org.chromaprep.pipeline.colour.Colouring;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.LiveSettings;
import org.chromaprep.pipeline.settings.Provenance;
import org.chromaprep.pipeline.watch.FilmProgress;

/**
 * What all films of a processor have in common.
 *
 * @param settings what is written
 * @param live how cameras and streams are watched
 * @param engine runs the network; stays the caller's
 * @param facts what manifests record beside the film
 * @param registry takes the metrics
 * @param progress is called with every film's progress
 * @param stop ends runs early
 * @param colouring how films are coloured; empty where they are not
 * @param projection what samples are expressed in; empty for their own features, or as long as it is not made
 * @param commitEvery how much time's work may be lost
 * @param partsAtOnce parts of a film that are computed at the same time, at most
 * @param disk how much room there is for output
 */
record ProcessorSetup(
        FilmSettings settings,
        LiveSettings live,
        Engine engine,
        Provenance facts,
        MeterRegistry registry,
        FilmProgress progress,
        StopSignal stop,
        Optional<Colouring> colouring,
        Optional<ProjectionFiles.Stored> projection,
        Duration commitEvery,
        int partsAtOnce,
        DiskSpace.Left disk) {
    ProcessorSetup with(FilmProgress other) {
        return new ProcessorSetup(
                settings,
                live,
                engine,
                facts,
                registry,
                other,
                stop,
                colouring,
                projection,
                commitEvery,
                partsAtOnce,
                disk);
    }

    ProcessorSetup with(Engine other) {
        return new ProcessorSetup(
                settings,
                live,
                other,
                facts,
                registry,
                progress,
                stop,
                colouring,
                projection,
                commitEvery,
                partsAtOnce,
                disk);
    }

    ProcessorSetup withPartsAtOnce(int count) {
        return new ProcessorSetup(
                settings,
                live,
                engine,
                facts,
                registry,
                progress,
                stop,
                colouring,
                projection,
                commitEvery,
                count,
                disk);
    }

    ProcessorSetup with(Optional<ProjectionFiles.Stored> made) {
        return new ProcessorSetup(
                settings,
                live,
                engine,
                facts,
                registry,
                progress,
                stop,
                colouring,
                made,
                commitEvery,
                partsAtOnce,
                disk);
    }

    ProcessorSetup with(Duration time) {
        return new ProcessorSetup(
                settings,
                live,
                engine,
                facts,
                registry,
                progress,
                stop,
                colouring,
                projection,
                time,
                partsAtOnce,
                disk);
    }

    ProcessorSetup with(DiskSpace.Left other) {
        return new ProcessorSetup(
                settings,
                live,
                engine,
                facts,
                registry,
                progress,
                stop,
                colouring,
                projection,
                commitEvery,
                partsAtOnce,
                other);
    }

    /** The projection's directions. */
    Optional<Projection> directions() {
        return projection.map(stored -> new Projection(
                stored.record().mean().stream().mapToDouble(Double::doubleValue).toArray(), stored.directions()));
    }
}

package org.chromaprep.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.chromaprep.engine.Engine;
import org.chromaprep.files.DiskRoom;
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
 * @param memory the memory that films share; empty where nobody has planned it
 * @param disk the room for output that films share
 * @param rehash whether films are read for what is recorded of them already
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
        Optional<MemoryShare> memory,
        DiskRoom disk,
        boolean rehash) {
    ProcessorSetup with(FilmProgress other) {
        return changed(draft -> draft.progress = other);
    }

    ProcessorSetup with(Engine other) {
        return changed(draft -> draft.engine = other);
    }

    ProcessorSetup with(MemoryShare share) {
        return changed(draft -> draft.memory = Optional.of(share));
    }

    ProcessorSetup with(Optional<ProjectionFiles.Stored> made) {
        return changed(draft -> draft.projection = made);
    }

    ProcessorSetup with(Duration time) {
        return changed(draft -> draft.commitEvery = time);
    }

    ProcessorSetup with(DiskRoom other) {
        return changed(draft -> draft.disk = other);
    }

    ProcessorSetup withRehash(boolean isWanted) {
        return changed(draft -> draft.rehash = isWanted);
    }

    private ProcessorSetup changed(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return new ProcessorSetup(
                settings,
                live,
                draft.engine,
                facts,
                registry,
                draft.progress,
                stop,
                colouring,
                draft.projection,
                draft.commitEvery,
                draft.memory,
                draft.disk,
                draft.rehash);
    }

    /** What can be changed of it, while it is. */
    private static final class Draft {
        private Engine engine;
        private FilmProgress progress;
        private Optional<ProjectionFiles.Stored> projection;
        private Duration commitEvery;
        private Optional<MemoryShare> memory;
        private DiskRoom disk;
        private boolean rehash;

        Draft(ProcessorSetup from) {
            engine = from.engine;
            progress = from.progress;
            projection = from.projection;
            commitEvery = from.commitEvery;
            memory = from.memory;
            disk = from.disk;
            rehash = from.rehash;
        }
    }

    /** The projection's directions. */
    Optional<Projection> directions() {
        return projection.map(stored -> new Projection(
                stored.record().mean().stream().mapToDouble(Double::doubleValue).toArray(), stored.directions()));
    }
}

package org.chromaprep.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.chromaprep.annotate.PanelPainter;
import org.chromaprep.engine.Engine;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.Projection;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.LiveSettings;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.pipeline.watch.RunMonitor;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.encode.VideoWriter;

/**
 * Everything a run needs.
 *
 * @param settings how the film is processed
 * @param view how this film is looked at
 * @param engine runs the network; stays the caller's
 * @param projection what samples are expressed in; empty for their own features
 * @param ring how large it is
 * @param painter of the annotated video; empty for none
 * @param encoder of the annotated video; empty for none
 * @param memory of an earlier run
 * @param repaints whether that run's frames are to be computed again, for the annotated video alone
 * @param registry takes the metrics
 * @param progress is called with every frame
 * @param stop ends the run early
 * @param rolling records the annotated video as it happens, which the run closes; empty for one video at the end
 * @param desk where the run is watched; empty for nowhere
 * @param live how what happens now is watched; empty for a film
 * @param drops whether frames are dropped where they come too fast; only of what is watched
 * @param colours how the film is coloured; empty where it is not
 * @param commitEvery how much time's work may be lost
 * @param file the film's, to be found unchanged before each commit; empty where it is not watched
 * @param parts is called where the film's parts begin
 * @param written frames that earlier runs have written, other parts of the film included
 */
record RunSetup(
        FilmSettings settings,
        FilmAnalysis view,
        FilmFacts film,
        Grid filmGrid,
        Engine engine,
        Optional<Projection> projection,
        RingSize ring,
        Optional<PanelPainter> painter,
        Optional<EncoderSettings> encoder,
        ResumeState memory,
        boolean repaints,
        MeterRegistry registry,
        FilmProgress progress,
        StopSignal stop,
        Optional<RollingVideo> rolling,
        Optional<LiveSettings> live,
        boolean drops,
        Optional<RunMonitor> desk,
        Optional<ColourWork> colours,
        Optional<InputFile> file,
        Duration commitEvery,
        PartWatch parts,
        long written) {
    /** Frames that a worker computes together at most: a frame that may be dropped waits for no other one. */
    int batch() {
        return drops ? 1 : engine.batch();
    }

    /** Frames computed at the same time. */
    int workers() {
        return ring.workers();
    }

    /** How many slots the ring has. */
    int slots() {
        return ring.slots(batch());
    }

    /** Pixels of the picture that is painted of a frame; 0 for none. */
    int canvasPixels() {
        return painter.map(each -> each.canvasWidth() * each.canvasHeight())
                .or(() -> colours.flatMap(ColourWork::look).map(each -> each.canvasWidth() * each.canvasHeight()))
                .orElse(0);
    }

    /** How often what is done so far is committed: coloured films are, by their frames. */
    CommitPace pace() {
        var group = colours.isPresent()
                ? OptionalInt.empty()
                : encoder.isEmpty() || rolling.isPresent() ? OptionalInt.of(1) : VideoWriter.groupFrames(encoder.get());
        return new CommitPace(commitEvery, group, System::nanoTime);
    }
}

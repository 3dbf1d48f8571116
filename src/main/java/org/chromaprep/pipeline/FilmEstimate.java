package org.chromaprep.pipeline;

import java.util.Optional;
import java.util.OptionalLong;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.video.SourceInfo;

/** What a run over a film comes to, as far as can be said before it. */
final class FilmEstimate {
    private final FrameSelection selection;
    private final double rate;
    private final OptionalLong claimed;

    /**
     * @param selection what is asked for
     * @param info the film's facts
     * @param file where the film is a file
     */
    FilmEstimate(FrameSelection selection, SourceInfo info, Optional<InputFile> file) {
        this.selection = selection;
        this.rate = info.frameRate().value();
        this.claimed = claimed(info, file);
    }

    // A frame takes a byte at least: a file that claims more frames is not believed.
    private static OptionalLong claimed(SourceInfo info, Optional<InputFile> file) {
        var frames = info.frameEstimate();
        if (frames.isEmpty() && info.durationSeconds().isPresent()) {
            frames = OptionalLong.of(Math.round(
                    info.durationSeconds().getAsDouble() * info.frameRate().value()));
        }
        var most = file.map(InputFile::bytes).orElse(Long.MAX_VALUE);
        return frames.isPresent() && frames.getAsLong() > most ? OptionalLong.empty() : frames;
    }

    /** Frames that are read, those included that are skipped; empty where neither the film nor what is asked for says. */
    OptionalLong read() {
        var frames = claimed.isPresent() ? (double) claimed.getAsLong() : Double.POSITIVE_INFINITY;
        if (selection.end().isPresent()) {
            frames = Math.min(frames, selection.end().getAsDouble() * rate);
        }
        if (selection.maxFrames().isPresent()) {
            frames = Math.min(frames, first() + (selection.maxFrames().getAsLong() - 1) / share() + 1);
        }
        return Double.isInfinite(frames) ? OptionalLong.empty() : OptionalLong.of((long) Math.ceil(frames));
    }

    /**
     * Frames that are written.
     *
     * @param done frames that an earlier run has read
     */
    double written(long done) {
        var last = (double) claimed.orElse(0);
        if (selection.end().isPresent()) {
            last = Math.min(last, selection.end().getAsDouble() * rate);
        }
        var frames = Math.max(0, last - Math.max(first(), done)) * share();
        return selection.maxFrames().isPresent()
                ? Math.min(frames, selection.maxFrames().getAsLong())
                : frames;
    }

    private double first() {
        return selection.start().isPresent() ? selection.start().getAsDouble() * rate : 0;
    }

    /** The part of the frames between start and end that is written. */
    private double share() {
        var share = 1.0 / selection.every();
        return selection.fps().isPresent() ? Math.min(share, selection.fps().getAsDouble() / rate) : share;
    }
}

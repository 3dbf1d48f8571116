package org.chromaprep.inspect;

import java.util.Locale;
import java.util.Optional;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.video.CaptureOptions;
import org.chromaprep.video.Fit;
import org.chromaprep.video.FrameTime;
import org.chromaprep.video.Framing;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.VideoSource;
import org.chromaprep.video.scale.ColourScaler;
import org.chromaprep.video.scale.GreyScaler;
import org.chromaprep.video.source.Sources;

/**
 * Takes one frame out of a film, or a picture. Frames are decoded from the beginning on, so that their numbers are
 * those of {@code process}.
 */
public final class FramePicker {
    private static final int LONGEST_SHOWN_SIDE = 448;
    /** A single frame is held, so it may be larger than those of a run. */
    private static final SourceOptions LARGE = new SourceOptions(1, SourceOptions.MAX_PIXELS, CaptureOptions.DEFAULT);
    /** Containers round time stamps. */
    private static final double ROUNDING = 0.0005;

    private final Grid grid;
    private final Fit fit;

    /**
     * @param grid the network's input size
     * @param fit how pictures fill it
     */
    public FramePicker(Grid grid, Fit fit) {
        this.grid = grid;
        this.fit = fit;
    }

    /**
     * Decodes a film up to one frame.
     *
     * @throws SourceException if the film cannot be opened or read, or ends before that frame
     */
    public PickedFrame pick(SourceInput input, FrameChoice choice) throws SourceException {
        try (var source = Sources.open(input, LARGE);
                var one = new Picture();
                var other = new Picture()) {
            return choice instanceof FrameChoice.Time time
                    ? shownAt(source, time.seconds(), one, other)
                    : numbered(source, ((FrameChoice.Number) choice).index(), one);
        }
    }

    private PickedFrame numbered(VideoSource source, long index, Picture picture) throws SourceException {
        var lost = 0L;
        while (true) {
            var result = source.read(picture);
            if (result instanceof EndOfStream) {
                throw new SourceException(source.info().name() + " has no frame " + index + "; its last is frame "
                        + picture.time().index() + ", so ask for one of 0 to "
                        + picture.time().index() + ".");
            }
            if (!(result instanceof FrameRead read)) {
                lost++;
            } else if (read.time().index() == index) {
                return taken(source, picture, lost);
            }
        }
    }

    /** The frame at a time is the last that begins by then; so one frame more is read to know it. */
    private PickedFrame shownAt(VideoSource source, double seconds, Picture one, Picture other) throws SourceException {
        var current = one;
        var next = other;
        var lost = 0L;
        var any = false;
        while (true) {
            var result = source.read(next);
            if (result instanceof FrameRead read) {
                if (any && read.time().seconds() > seconds + ROUNDING) {
                    return taken(source, current, lost);
                }
                var swapped = current;
                current = next;
                next = swapped;
                any = true;
            } else if (result instanceof EndOfStream) {
                checkEnd(source, current.time(), seconds);
                return taken(source, current, lost);
            } else {
                lost++;
            }
        }
    }

    private static void checkEnd(VideoSource source, FrameTime last, double seconds) throws SourceException {
        if (seconds >= last.seconds() + 1 / source.info().frameRate().value() + ROUNDING) {
            throw new SourceException(String.format(
                    Locale.ROOT,
                    "%s shows nothing at %.3f s; its last frame, number %d, begins at"
                            + " %.3f s. Ask for an earlier time.",
                    source.info().name(),
                    seconds,
                    last.index(),
                    last.seconds()));
        }
    }

    private PickedFrame taken(VideoSource source, Picture picture, long lost) {
        var wide = picture.width() * source.info().pixelAspect().value();
        var scale = LONGEST_SHOWN_SIDE / Math.max(wide, picture.height());
        var width = (int) Math.max(1, Math.round(wide * scale));
        var height = (int) Math.max(1, Math.round(picture.height() * scale));
        var shown = new int[width * height];
        var luma = new byte[grid.pixels()];
        try (var colours = ColourScaler.exact(width, height);
                var greys = new GreyScaler(
                        grid.width(),
                        grid.height(),
                        new Framing(
                                fit,
                                Optional.empty(),
                                source.info().pixelAspect().value()))) {
            colours.scale(picture, shown);
            greys.scale(picture, luma);
        }
        return new PickedFrame(
                source.info(), picture.time(), picture.width(), picture.height(), lost, width, height, shown, luma);
    }
}

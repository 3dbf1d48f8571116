package org.chromaprep.pipeline;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.output.film.OutputNames;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.encode.EncodingException;
import org.chromaprep.video.encode.VideoWriter;

/**
 * The videos that a run encodes, part by part. The annotated one is a rolling video, or has parts that each commit takes up;
 * so has the coloured film, and what is beside it to look at has a part for each of these. {@link #close} gives up parts that
 * are not finished. One thread.
 */
final class RunVideos implements AutoCloseable {
    private final FilmFolder folder;
    private final Optional<EncoderSettings> planes;
    private final Optional<EncoderSettings> canvas;
    private final Optional<RollingVideo> rolling;
    private Optional<VideoWriter> planeWriter = Optional.empty();
    private Optional<VideoWriter> canvasWriter = Optional.empty();
    private Optional<Path> segment = Optional.empty();

    /**
     * @param planes how coloured pictures are encoded; empty for none
     * @param canvas how painted pictures are encoded; empty for none
     * @param rolling takes the painted pictures instead, and is closed with this; empty for parts
     */
    RunVideos(
            FilmFolder folder,
            Optional<EncoderSettings> planes,
            Optional<EncoderSettings> canvas,
            Optional<RollingVideo> rolling) {
        this.folder = folder;
        this.planes = planes;
        this.canvas = canvas;
        this.rolling = rolling;
    }

    /** Adds a frame's pictures. */
    void write(FrameSlot slot) throws EncodingException, OutputException {
        if (segment.isEmpty() && (planes.isPresent() || canvas.isPresent() && rolling.isEmpty())) {
            begin(folder.nextSegment());
        }
        if (planeWriter.isPresent()) {
            planeWriter.get().write(slot.coloured().planes(), slot.decoded.videoPts);
        }
        if (canvasWriter.isPresent()) {
            canvasWriter.get().write(slot.canvas, slot.decoded.videoPts);
        } else if (rolling.isPresent()) {
            var milliseconds = Math.round(slot.decoded.picture.time().seconds() * 1000);
            rolling.get()
                    .write(
                            slot.canvas,
                            slot.decoded.videoPts,
                            slot.decoded
                                    .began
                                    .map(then -> then.plusMillis(milliseconds))
                                    .orElseGet(Instant::now));
        }
    }

    private void begin(Path path) throws EncodingException {
        segment = Optional.of(path);
        if (planes.isPresent()) {
            planeWriter = Optional.of(VideoWriter.open(path, planes.get()));
        }
        if (canvas.isPresent() && rolling.isEmpty()) {
            canvasWriter = Optional.of(
                    VideoWriter.open(planes.isPresent() ? OutputNames.companion(path) : path, canvas.get()));
        }
    }

    /**
     * Ends the parts in hand.
     *
     * @return the part that a commit takes up; empty if no picture was written since the last
     */
    Optional<Path> finish() throws EncodingException {
        if (canvasWriter.isPresent()) {
            canvasWriter.get().finish();
        }
        if (planeWriter.isPresent()) {
            planeWriter.get().finish();
        }
        var finished = segment;
        giveUp();
        return finished;
    }

    /** Gives the parts in hand up. */
    void giveUp() {
        canvasWriter.ifPresent(VideoWriter::close);
        planeWriter.ifPresent(VideoWriter::close);
        canvasWriter = Optional.empty();
        planeWriter = Optional.empty();
        segment = Optional.empty();
    }

    /** Ends a rolling video. */
    void end() throws EncodingException, OutputException {
        if (rolling.isPresent()) {
            rolling.get().finish();
        }
    }

    @Override
    public void close() {
        giveUp();
        rolling.ifPresent(RollingVideo::close);
    }
}

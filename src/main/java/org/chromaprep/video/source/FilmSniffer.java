package org.chromaprep.video.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avformat.AVProbeData;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.chromaprep.video.NoFrameException;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceOptions;

/** Tells by its content whether a file is a film. Stateless. */
public final class FilmSniffer {
    /** Enough for any container's first words; a folder may have a hundred thousand files. */
    private static final int HEAD = 1 << 15;

    private static final int PADDING = 32;
    /** FFmpeg's certainty, up to 100, below which opening a file is not worth the time. */
    private static final int LEAST_SCORE = 10;

    private FilmSniffer() {}

    /**
     * Whether a file has moving pictures or a picture. A film all of whose frames are damaged is one, too.
     *
     * @param cancelled whether nobody wants to know any more
     */
    public static boolean isFilm(Path file, BooleanSupplier cancelled) {
        try {
            if (!looksLikeMedia(file)) {
                return false;
            }
            Sources.open(new FilmFile(file), SourceOptions.DEFAULT, cancelled).close();
            return true;
        } catch (NoFrameException damaged) {
            return true;
        } catch (SourceException | IOException none) {
            return false;
        }
    }

    private static boolean looksLikeMedia(Path file) throws IOException {
        byte[] head;
        try (var in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        if (head.length == 0) {
            return false;
        }
        try (var buffer = new BytePointer(head.length + PADDING);
                var name = new BytePointer("");
                var data = new AVProbeData();
                var score = new IntPointer(1L)) {
            buffer.zero();
            buffer.put(head, 0, head.length);
            data.filename(name).buf(buffer).buf_size(head.length);
            var format = avformat.av_probe_input_format3(data, 1, score);
            return format != null && !format.isNull() && score.get() >= LEAST_SCORE;
        }
    }
}

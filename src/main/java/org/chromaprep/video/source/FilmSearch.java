package org.chromaprep.video.source;

import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceOptions;

/** Finds frames of a film by their times, each by opening it anew. Stateless. */
public final class FilmSearch {
    /** Frames between two that can be searched for; a film with more is not read any further. */
    private static final int FARTHEST = 1500;

    private FilmSearch() {}

    /**
     * Reads the first frame that the film can be entered at, before a time; or, where that is wanted, continues from there to
     * the frame at that time.
     *
     * @param info of the film
     * @param exact whether to continue
     * @return whether there is a frame; a damaged place has none
     */
    public static boolean read(
            Path film, SourceOptions options, SourceInfo info, double seconds, boolean exact, Picture into) {
        try {
            var media = OpenInput.open(film, film.getFileName().toString(), options);
            var pts = info.startPts() + Math.round(seconds / info.timeBase().value());
            avformat.av_seek_frame(media.container(), media.stream().index(), pts, avformat.AVSEEK_FLAG_BACKWARD);
            avcodec.avcodec_flush_buffers(media.decoder());
            try (var source = FilmSource.of(media, new Heartbeat(), OptionalLong.of(info.startPts()))) {
                var found = false;
                for (var frames = 0; frames < FARTHEST; ) {
                    var result = source.read(into);
                    if (result instanceof EndOfStream) {
                        return found;
                    }
                    if (result instanceof FrameRead read) {
                        found = true;
                        frames++;
                        if (!exact || read.time().seconds() >= seconds) {
                            return true;
                        }
                    }
                }
                return found;
            }
        } catch (SourceException unreadable) {
            return false;
        }
    }

    /**
     * Reads some frames that follow each other, from the first on that the film can be entered at before a time.
     *
     * @param info of the film
     * @param frames how many at most; a damaged place gives fewer or none
     * @param taken sees each
     */
    public static void run(
            Path film, SourceOptions options, SourceInfo info, double seconds, int frames, Consumer<Picture> taken) {
        try {
            var media = OpenInput.open(film, film.getFileName().toString(), options);
            var pts = info.startPts() + Math.round(seconds / info.timeBase().value());
            avformat.av_seek_frame(media.container(), media.stream().index(), pts, avformat.AVSEEK_FLAG_BACKWARD);
            avcodec.avcodec_flush_buffers(media.decoder());
            try (var source = FilmSource.of(media, new Heartbeat(), OptionalLong.of(info.startPts()));
                    var picture = new Picture()) {
                var read = 0;
                for (var result = source.read(picture);
                        read < frames && !(result instanceof EndOfStream);
                        result = source.read(picture)) {
                    if (result instanceof FrameRead) {
                        read++;
                        taken.accept(picture);
                    }
                }
            }
        } catch (SourceException unreadable) {
            // A place that cannot be read says nothing of the film.
            return;
        }
    }
}

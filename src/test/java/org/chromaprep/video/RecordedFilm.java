package org.chromaprep.video;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/** Silent films that FFmpeg's own writers made, in the container and by the codec that a test asks for. */
public final class RecordedFilm {
    private RecordedFilm() {}

    /**
     * Writes a film of 64 by 48 pixels and 25 frames a second, each of another brightness.
     *
     * @param format FFmpeg's name of the container
     * @param codec FFmpeg's number
     * @return the film
     */
    public static Path write(Path film, String format, int codec, int frames) throws Exception {
        try (var recorder = new FFmpegFrameRecorder(film.toFile(), 64, 48)) {
            recorder.setFormat(format);
            recorder.setVideoCodec(codec);
            recorder.setFrameRate(25);
            recorder.start();
            try (var picture = new Frame(64, 48, Frame.DEPTH_UBYTE, 3)) {
                var bytes = (ByteBuffer) picture.image[0];
                for (var frame = 0; frame < frames; frame++) {
                    for (var i = 0; i < bytes.capacity(); i++) {
                        bytes.put(i, (byte) (frame * 2 + i % 64));
                    }
                    recorder.record(picture, avutil.AV_PIX_FMT_BGR24);
                }
            }
            recorder.stop();
        }
        return film;
    }
}

package org.chromaprep.video;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.global.avutil;

/** FFmpeg's error numbers in words. */
final class FfmpegErrors {
    private static final int LONGEST = 256;

    private FfmpegErrors() {}

    /** What FFmpeg calls an error, without a full stop. */
    static String describe(int code) {
        var text = new byte[LONGEST];
        avutil.av_strerror(code, text, LONGEST);
        var length = 0;
        while (length < LONGEST && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }
}

package org.chromaprep.video.ffmpeg;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.bytedeco.ffmpeg.global.avutil;

/** FFmpeg's error numbers in words. */
public final class FfmpegErrors {
    private static final int LONGEST = 256;

    /** EPERM, ENOENT, EIO, EACCES, ENOSPC, EROFS and Linux's EDQUOT: FFmpeg gives them their negative numbers. */
    private static final Set<Integer> OF_THE_DISK = Set.of(-1, -2, -5, -13, -28, -30, -122);

    private FfmpegErrors() {}

    /** What FFmpeg calls an error, without a full stop. */
    public static String describe(int code) {
        var text = new byte[LONGEST];
        avutil.av_strerror(code, text, LONGEST);
        var length = 0;
        while (length < LONGEST && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    /** Whether the disk or its permissions are to blame, when something is written. */
    public static boolean isOfTheDisk(int code) {
        return OF_THE_DISK.contains(code);
    }
}

package org.chromaprep.video.frame;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** Unpacks the one format that no part of FFmpeg reads: 4:1:1 as U Y Y V Y Y. One thread. */
final class PackedFrames implements AutoCloseable {
    private static final int PIXELS = 4;
    private static final int BYTES = 6;
    private static final int[] LUMA = {1, 2, 4, 5};
    private static final int FIRST_CHROMA = 0;
    private static final int SECOND_CHROMA = 3;

    private byte[] row = {};
    private byte[] luma = {};

    /** Makes a frame of that format planar; leaves all others alone. */
    void unpack(AVFrame frame) {
        if (frame.format() != avutil.AV_PIX_FMT_UYYVYY411) {
            return;
        }
        var groups = (frame.width() + PIXELS - 1) / PIXELS;
        row = new byte[groups * BYTES];
        luma = new byte[groups * PIXELS];
        var first = new byte[groups];
        var second = new byte[groups];
        var made = NewFrame.like(frame, avutil.AV_PIX_FMT_YUV411P);
        for (var y = 0; y < frame.height(); y++) {
            line(frame, 0, y).get(row, 0, Math.min(row.length, Math.abs(frame.linesize(0))));
            for (var group = 0; group < groups; group++) {
                for (var pixel = 0; pixel < PIXELS; pixel++) {
                    luma[group * PIXELS + pixel] = row[group * BYTES + LUMA[pixel]];
                }
                first[group] = row[group * BYTES + FIRST_CHROMA];
                second[group] = row[group * BYTES + SECOND_CHROMA];
            }
            line(made, 0, y).put(luma, 0, frame.width());
            line(made, 1, y).put(first, 0, groups);
            line(made, 2, y).put(second, 0, groups);
        }
        NewFrame.replace(frame, made);
    }

    /** Where a line of one of a frame's planes begins. */
    static BytePointer line(AVFrame frame, int plane, int row) {
        var data = frame.data(plane);
        return new BytePointer(data).position(data.position() + (long) row * frame.linesize(plane));
    }

    @Override
    public void close() {
        row = new byte[0];
        luma = new byte[0];
    }
}

package org.chromaprep.video.source;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.ReadResult.LostFrame;

/**
 * A fingerprint of everything that reading a film has given: each picture's every pixel, its times and its damage, and what was lost.
 * One thread.
 */
final class PicturePrint {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int MAX_PLANES = 4;

    private long value;

    long value() {
        return value;
    }

    void value(long then) {
        value = then;
    }

    /** A frame was read. */
    void add(FrameRead read, AVFrame frame) {
        mix(crc(frame));
        mix(read.time().index());
        mix(read.time().pts().orElse(Long.MIN_VALUE));
        mix(Double.doubleToLongBits(read.time().seconds()));
        mix(Double.doubleToLongBits(read.duration()));
        mix(read.concealed() ? 1 : 0);
        mix(read.remark().map(String::hashCode).orElse(0));
    }

    /** A frame was lost. */
    void add(LostFrame lost) {
        mix(Double.doubleToLongBits(lost.seconds().orElse(Double.NaN)));
        mix(lost.pts().orElse(Long.MIN_VALUE));
        mix(lost.reason().hashCode());
    }

    // The mixer of SplitMix64 (Steele, Lea, Flood 2014).
    private void mix(long number) {
        var mixed = value * 31 + number + GOLDEN;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        value = mixed ^ mixed >>> 31;
    }

    /** A sum over a frame's pixels, its size and its format; what lies beside its rows in memory has no part in it. */
    static long crc(AVFrame frame) {
        var sum = new CRC32C();
        var format = frame.format();
        var kind = avutil.av_pix_fmt_desc_get(format);
        if (kind != null && !kind.isNull()) {
            for (var plane = 0; plane < MAX_PLANES; plane++) {
                var bytes = avutil.av_image_get_linesize(format, frame.width(), plane);
                var data = frame.data(plane);
                if (bytes > 0 && data != null && !data.isNull()) {
                    var isChroma = plane == 1 || plane == 2;
                    var shift = isChroma ? kind.log2_chroma_h() : 0;
                    add(sum, data, frame.linesize(plane), bytes, (frame.height() + (1 << shift) - 1) >> shift);
                }
            }
        }
        return sum.getValue() ^ (long) frame.width() << 40 ^ (long) frame.height() << 20 ^ (long) format << 33;
    }

    private static void add(CRC32C sum, BytePointer data, int step, int bytes, int rows) {
        if (step == bytes) {
            sum.update(view(data, (long) bytes * rows));
            return;
        }
        if (step < 0) {
            for (var row = 0; row < rows; row++) {
                sum.update(view(data.getPointer((long) row * step), bytes));
            }
            return;
        }
        var all = view(data, (long) step * (rows - 1) + bytes);
        for (var row = 0; row < rows; row++) {
            sum.update(all.limit(row * step + bytes).position(row * step));
        }
    }

    private static ByteBuffer view(BytePointer data, long bytes) {
        return new BytePointer(data).capacity(bytes).asByteBuffer();
    }
}

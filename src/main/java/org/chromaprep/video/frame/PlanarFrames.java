package org.chromaprep.video.frame;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Lays the pictures that a graphics card has decoded out as the processor's decoders do: each component in a plane of its own, its
 * numbers at the low end of their bits, where cards have them at the high end and put two components into one plane. Numbers keep
 * their values. Stateless.
 */
public final class PlanarFrames {
    private static final int COMPONENTS = 3;
    private static final int BYTE_MASK = 0xff;

    private PlanarFrames() {}

    /**
     * Changes a frame in place; does nothing if it has that format already.
     *
     * @param frame of a format with luma and two chroma components of 8 or 16 bits
     * @param format the planar one of the same sampling
     * @throws OutOfMemoryError if there is none for the frame
     */
    public static void lay(AVFrame frame, int format) {
        if (frame.format() == format) {
            return;
        }
        var from = avutil.av_pix_fmt_desc_get(frame.format());
        var to = avutil.av_pix_fmt_desc_get(format);
        if (from.nb_components() != COMPONENTS
                || to.nb_components() != COMPONENTS
                || from.log2_chroma_w() != to.log2_chroma_w()
                || from.log2_chroma_h() != to.log2_chroma_h()) {
            throw new IllegalArgumentException("Pictures of " + from.name().getString() + " cannot be laid out as "
                    + to.name().getString() + ".");
        }
        var made = NewFrame.like(frame, format);
        for (var component = 0; component < COMPONENTS; component++) {
            if (to.comp(component).depth() > Byte.SIZE) {
                copyWords(frame, from, made, to, component);
            } else {
                copyBytes(frame, from, made, to, component);
            }
        }
        NewFrame.replace(frame, made);
    }

    private static void copyBytes(
            AVFrame frame, AVPixFmtDescriptor from, AVFrame made, AVPixFmtDescriptor to, int component) {
        var source = from.comp(component);
        var columns = columns(frame, to, component);
        var in = new byte[columns * source.step()];
        var out = new byte[columns];
        for (var y = 0; y < rows(frame, to, component); y++) {
            PackedFrames.line(frame, source.plane(), y).get(in);
            for (var x = 0; x < columns; x++) {
                out[x] = in[x * source.step() + source.offset()];
            }
            PackedFrames.line(made, to.comp(component).plane(), y).put(out);
        }
    }

    private static void copyWords(
            AVFrame frame, AVPixFmtDescriptor from, AVFrame made, AVPixFmtDescriptor to, int component) {
        var source = from.comp(component);
        var columns = columns(frame, to, component);
        var lower = Short.SIZE - to.comp(component).depth();
        var in = new byte[columns * source.step()];
        var out = new byte[columns * Short.BYTES];
        for (var y = 0; y < rows(frame, to, component); y++) {
            PackedFrames.line(frame, source.plane(), y).get(in);
            for (var x = 0; x < columns; x++) {
                var at = x * source.step() + source.offset();
                var value = (in[at] & BYTE_MASK | (in[at + 1] & BYTE_MASK) << Byte.SIZE) >> lower;
                out[x * Short.BYTES] = (byte) value;
                out[x * Short.BYTES + 1] = (byte) (value >> Byte.SIZE);
            }
            PackedFrames.line(made, to.comp(component).plane(), y).put(out);
        }
    }

    private static int columns(AVFrame frame, AVPixFmtDescriptor format, int component) {
        return component == 0 ? frame.width() : ceilShift(frame.width(), format.log2_chroma_w());
    }

    private static int rows(AVFrame frame, AVPixFmtDescriptor format, int component) {
        return component == 0 ? frame.height() : ceilShift(frame.height(), format.log2_chroma_h());
    }

    private static int ceilShift(int size, int bits) {
        return -(-size >> bits);
    }
}

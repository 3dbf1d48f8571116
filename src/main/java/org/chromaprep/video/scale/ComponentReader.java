package org.chromaprep.video.scale;

import org.bytedeco.ffmpeg.avutil.AVComponentDescriptor;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.ShortPointer;
import org.chromaprep.video.Picture;

/**
 * Reads a frame's components line by line, unscaled and in stored orientation: Y, Cb and Cr, or red, green and blue.
 * Formats that hold no plain whole numbers are turned into 8-bit RGB first. The owner closes it. One thread.
 */
final class ComponentReader implements AutoCloseable {
    private static final int ODD_FORMATS = avutil.AV_PIX_FMT_FLAG_PAL
            | avutil.AV_PIX_FMT_FLAG_BITSTREAM
            | avutil.AV_PIX_FMT_FLAG_FLOAT
            | avutil.AV_PIX_FMT_FLAG_XYZ
            | avutil.AV_PIX_FMT_FLAG_BAYER
            | avutil.AV_PIX_FMT_FLAG_HWACCEL;
    private static final int MASK = 0xFFFF;
    private static final int LEVEL = 0xFF;
    private static final int RGB_COMPONENTS = 3;
    private static final int LEFT_AND_HALFWAY = 1;

    private final RgbReader colours = RgbReader.exact();
    private final int[] chromaX = new int[1];
    private final int[] chromaY = new int[1];
    private AVPixFmtDescriptor descriptor = new AVPixFmtDescriptor(null);
    private AVFrame frame = new AVFrame(null);
    private ShortPointer line = new ShortPointer();
    private short[] values = {};
    private int[] rgb = {};
    private boolean plain;
    private boolean red;

    /** Turns to another picture, which stays the caller's and must last until the next call. */
    void open(Picture picture) {
        frame = picture.frame();
        descriptor = avutil.av_pix_fmt_desc_get(frame.format());
        AVComponentDescriptor main = descriptor.comp(0);
        plain = (descriptor.flags() & ODD_FORMATS) == 0 && main.depth() <= Short.SIZE;
        red = !plain || (descriptor.flags() & avutil.AV_PIX_FMT_FLAG_RGB) != 0;
        if (values.length < frame.width()) {
            values = new short[frame.width()];
            line.close();
            line = new ShortPointer((long) frame.width());
        }
        if (avutil.av_chroma_location_enum_to_pos(chromaX, chromaY, frame.chroma_location()) < 0) {
            avutil.av_chroma_location_enum_to_pos(chromaX, chromaY, LEFT_AND_HALFWAY);
        }
        if (!plain) {
            var pixels = frame.width() * frame.height();
            rgb = rgb.length < pixels ? new int[pixels] : rgb;
            colours.read(picture, frame.width(), frame.height(), rgb);
        }
    }

    /** Whether the components are red, green and blue. */
    boolean isRgb() {
        return red;
    }

    /** Whether there is nothing but luma. */
    boolean isGrey() {
        return !red && descriptor.nb_components() < RGB_COMPONENTS;
    }

    /** Bits of a number. */
    int depth() {
        return plain ? descriptor.comp(0).depth() : Byte.SIZE;
    }

    /** Picture columns that a column of the component stands for. */
    int columnStep(int component) {
        return isChroma(component) ? 1 << descriptor.log2_chroma_w() : 1;
    }

    /** Picture rows that a row of the component stands for. */
    int rowStep(int component) {
        return isChroma(component) ? 1 << descriptor.log2_chroma_h() : 1;
    }

    int width(int component) {
        return -Math.floorDiv(-frame.width(), columnStep(component));
    }

    int height(int component) {
        return -Math.floorDiv(-frame.height(), rowStep(component));
    }

    /** Where the chroma's first sample lies between the centres of the first and the last column it stands for, 0 to 1. */
    double chromaColumn() {
        return chromaX[0] / 256.0;
    }

    /** As {@link #chromaColumn}, of rows. */
    double chromaRow() {
        return chromaY[0] / 256.0;
    }

    private boolean isChroma(int component) {
        return !red && (component == 1 || component == 2);
    }

    /** Reads a line of a component, as it is coded. */
    void read(int component, int row, float[] into) {
        var width = width(component);
        if (!plain) {
            var shift = (2 - component) * Byte.SIZE;
            for (var x = 0; x < width; x++) {
                into[x] = rgb[row * width + x] >> shift & LEVEL;
            }
            return;
        }
        avutil.av_read_image_line2(
                line, frame.data(), frame.linesize(), descriptor, 0, row, component, width, 0, Short.BYTES);
        line.get(values, 0, width);
        for (var x = 0; x < width; x++) {
            into[x] = values[x] & MASK;
        }
    }

    @Override
    public void close() {
        colours.close();
        line.close();
    }
}

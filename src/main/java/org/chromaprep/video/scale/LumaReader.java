package org.chromaprep.video.scale;

import org.bytedeco.ffmpeg.avutil.AVComponentDescriptor;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.BytePointer;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ffmpeg.ColourFacts;

/**
 * Reads frames' luma, 0..255, at full size and in stored orientation. Of YUV and grey it is the Y plane itself, widened to
 * 0..255 where its range is limited; of RGB and palettes 0.299 R + 0.587 G + 0.114 B, or BT.709's 0.2126, 0.7152, 0.0722
 * where the stream says so. The owner closes it. One thread.
 */
final class LumaReader implements AutoCloseable {
    private static final int ODD_FORMATS = avutil.AV_PIX_FMT_FLAG_RGB
            | avutil.AV_PIX_FMT_FLAG_PAL
            | avutil.AV_PIX_FMT_FLAG_BITSTREAM
            | avutil.AV_PIX_FMT_FLAG_FLOAT
            | avutil.AV_PIX_FMT_FLAG_XYZ
            | avutil.AV_PIX_FMT_FLAG_BAYER;
    private static final double BLACK = 16.0 / 256;
    private static final double SPAN = 219.0 / 256;
    private static final int WHITE = 255;

    private final RgbReader colours = RgbReader.exact();
    private final ComponentReader deep = new ComponentReader();
    private float[] red = {};
    private float[] green = {};
    private float[] blue = {};
    private byte[] row = {};
    private int[] rgb = {};
    private byte[] table = {};
    private int tableDepth;
    private boolean tableFull;

    /** Reads a picture's luma into stored width times height bytes. */
    void read(Picture picture, byte[] luma) {
        var frame = picture.frame();
        var colour = ColourFacts.of(frame);
        AVPixFmtDescriptor descriptor = avutil.av_pix_fmt_desc_get(frame.format());
        AVComponentDescriptor y = descriptor.comp(0);
        var bytes = y.depth() > Byte.SIZE ? 2 : 1;
        var plain = (descriptor.flags() & ODD_FORMATS) == 0
                && y.depth() <= Short.SIZE
                && (bytes == 1 ? y.shift() == 0 : y.step() % 2 == 0 && y.offset() % 2 == 0);
        if (plain) {
            prepareTable(y.depth(), colour.fullRange());
            var bigEndian = (descriptor.flags() & avutil.AV_PIX_FMT_FLAG_BE) != 0;
            readPlane(frame, y, bytes, bigEndian, luma);
        } else if ((descriptor.flags() & avutil.AV_PIX_FMT_FLAG_RGB) != 0 && y.depth() > Byte.SIZE) {
            readDeepColours(picture, colour.standard() == swscale.SWS_CS_ITU709, luma);
        } else {
            readColours(picture, colour.standard() == swscale.SWS_CS_ITU709, luma);
        }
    }

    // FFmpeg's scaler rounds numbers of more than 8 bits up on their way to 8.
    private void readDeepColours(Picture picture, boolean bt709, byte[] luma) {
        var frame = picture.frame();
        deep.open(picture);
        var width = frame.width();
        if (red.length < width) {
            red = new float[width];
            green = new float[width];
            blue = new float[width];
        }
        var scale = (float) WHITE / ((1 << deep.depth()) - 1);
        var redShare = scale * (bt709 ? 0.2126f : 0.299f);
        var greenShare = scale * (bt709 ? 0.7152f : 0.587f);
        var blueShare = scale * (bt709 ? 0.0722f : 0.114f);
        var to = 0;
        for (var line = 0; line < frame.height(); line++) {
            deep.read(0, line, red);
            deep.read(1, line, green);
            deep.read(2, line, blue);
            for (var x = 0; x < width; x++) {
                luma[to++] = (byte) Math.round(redShare * red[x] + greenShare * green[x] + blueShare * blue[x]);
            }
        }
    }

    private void readPlane(AVFrame frame, AVComponentDescriptor y, int bytes, boolean bigEndian, byte[] luma) {
        int width = frame.width();
        int step = y.step();
        int offset = y.offset();
        int shift = y.shift();
        var mask = (1 << y.depth()) - 1;
        var length = (width - 1) * step + offset + bytes;
        if (row.length < length) {
            row = new byte[length];
        }
        BytePointer plane = frame.data(y.plane());
        var stride = frame.linesize(y.plane());
        var low = bigEndian ? 1 : 0;
        var to = 0;
        for (var line = 0; line < frame.height(); line++) {
            // A stride may be negative: such frames are stored bottom up.
            new BytePointer(plane)
                    .position(plane.position() + (long) line * stride)
                    .get(row, 0, length);
            for (int column = 0, at = offset; column < width; column++, at += step) {
                var value = bytes == 1
                        ? row[at] & WHITE
                        : ((row[at + low] & WHITE) | (row[at + 1 - low] & WHITE) << Byte.SIZE) >> shift & mask;
                luma[to++] = table[value];
            }
        }
    }

    private void prepareTable(int depth, boolean full) {
        if (depth == tableDepth && full == tableFull) {
            return;
        }
        var values = 1 << depth;
        table = new byte[values];
        for (var value = 0; value < values; value++) {
            var share = full ? value / (values - 1.0) : (value / (double) values - BLACK) / SPAN;
            table[value] = (byte) Math.round(WHITE * Math.min(1, Math.max(0, share)));
        }
        tableDepth = depth;
        tableFull = full;
    }

    private void readColours(Picture picture, boolean bt709, byte[] luma) {
        var frame = picture.frame();
        var pixels = frame.width() * frame.height();
        if (rgb.length < pixels) {
            rgb = new int[pixels];
        }
        colours.read(picture, frame.width(), frame.height(), rgb);
        // Weights in 10000ths keep the sum exact in integers.
        var red = bt709 ? 2126 : 2990;
        var green = bt709 ? 7152 : 5870;
        var blue = bt709 ? 722 : 1140;
        for (var pixel = 0; pixel < pixels; pixel++) {
            var value = rgb[pixel];
            luma[pixel] = (byte)
                    ((red * (value >> 16) + green * (value >> 8 & WHITE) + blue * (value & WHITE) + 5000) / 10000);
        }
    }

    @Override
    public void close() {
        colours.close();
        deep.close();
    }
}

package org.chromaprep.video.encode;

import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;
import org.chromaprep.video.PlaneFormat;
import org.chromaprep.video.PlanePicture;

/** Planes in FFmpeg's pixel formats and frames. One thread at a time. */
final class PlanePixels {
    private static final List<Integer> DEPTHS = List.of(8, 9, 10, 12, 14, 16);
    private static final String NATIVE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? "le" : "be";

    private byte[] row = {};

    /** FFmpeg's pixel format of some planes; negative if it has none. */
    static int formatOf(PlaneFormat planes) {
        var steps = planes.rowStep() == 2 ? "420" : planes.columnStep() == 2 ? "422" : "444";
        return avutil.av_get_pix_fmt(
                "yuv" + steps + "p" + (planes.depth() == Byte.SIZE ? "" : planes.depth() + NATIVE));
    }

    /**
     * @throws IllegalArgumentException if the encoder takes nothing like that
     */
    static PlaneFormat nearest(AVCodec encoder, PlaneFormat wanted) {
        var formats = EncoderOffers.of(encoder, avcodec.AV_CODEC_CONFIG_PIX_FORMAT);
        var ranges = EncoderOffers.of(encoder, avcodec.AV_CODEC_CONFIG_COLOR_RANGE);
        var range = wanted.colour().fullRange() ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG;
        var name = encoder.name().getString();
        if (!EncoderOffers.isLossless(encoder) && !ranges.isEmpty() && !ranges.contains(range)) {
            throw new IllegalArgumentException("The encoder " + name + " does not take the film's "
                    + (wanted.colour().fullRange() ? "full" : "limited")
                    + " range of luma; choose another codec, ffv1 say.");
        }
        return DEPTHS.stream()
                .sorted(Comparator.comparing((Integer depth) -> depth < wanted.depth())
                        .thenComparing(depth -> Math.abs(depth - wanted.depth())))
                .flatMap(depth ->
                        List.of(wanted.with(depth, 2, 2), wanted.with(depth, 2, 1), wanted.with(depth, 1, 1)).stream())
                .filter(format -> formatOf(format) >= 0 && (formats.isEmpty() || formats.contains(formatOf(format))))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The encoder " + name
                        + " takes no planes of luma and colour differences; choose another codec, ffv1 say."));
    }

    /** Copies a picture into a writable frame of its size and format. */
    void copy(PlanePicture picture, AVFrame frame) {
        var format = picture.format();
        copy(picture.luma(), format.width(), format.height(), format.depth(), frame, 0);
        copy(picture.blue(), format.colourWidth(), format.colourHeight(), format.depth(), frame, 1);
        copy(picture.red(), format.colourWidth(), format.colourHeight(), format.depth(), frame, 2);
    }

    private void copy(short[] plane, int width, int height, int depth, AVFrame frame, int which) {
        Pointer begin = frame.data(which);
        var stride = (long) frame.linesize(which);
        if (depth > Byte.SIZE) {
            for (var y = 0; y < height; y++) {
                new ShortPointer(begin)
                        .position(begin.position() + y * stride / Short.BYTES)
                        .put(plane, y * width, width);
            }
            return;
        }
        row = row.length < width ? new byte[width] : row;
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                row[x] = (byte) plane[y * width + x];
            }
            new BytePointer(begin).position(begin.position() + y * stride).put(row, 0, width);
        }
    }
}

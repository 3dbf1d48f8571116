package org.chromaprep.video.frame;

import java.util.EnumMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;
import org.chromaprep.video.ffmpeg.ColourFacts;

/**
 * Turns frames whose numbers are no screen's, and frames of floating-point numbers, into such of 16 bits that are. Colours stay
 * red, green and blue, grey stays grey; transparency is dropped. The owner closes it. One thread.
 */
final class LightConverter implements AutoCloseable {
    private static final int UNIT = 1 << 16;
    private static final int EXACT = swscale.SWS_BILINEAR
            | swscale.SWS_ACCURATE_RND
            | swscale.SWS_BITEXACT
            | swscale.SWS_FULL_CHR_H_INP
            | swscale.SWS_FULL_CHR_H_INT;
    private static final int GREY_COMPONENTS = 2;
    private static final int COLOURS = 3;

    private final Map<Light, ShownLight> tables = new EnumMap<>(Light.class);
    private SwsContext scaler = new SwsContext((Pointer) null);
    private ColourFacts scaled = ColourFacts.NONE;
    private int scaledWidth;
    private int scaledHeight;
    private float[] floats = {};
    private short[] wholes = {};

    /** Changes a frame in place; one that is a screen's already stays as it is. */
    void show(AVFrame frame, Light light) {
        AVPixFmtDescriptor descriptor = avutil.av_pix_fmt_desc_get(frame.format());
        var isFloat = (descriptor.flags() & avutil.AV_PIX_FMT_FLAG_FLOAT) != 0;
        var changes = light == Light.LINEAR || light == Light.DENSITY;
        if (!isFloat && !changes) {
            return;
        }
        var isGrey =
                descriptor.nb_components() <= GREY_COMPONENTS && (descriptor.flags() & avutil.AV_PIX_FMT_FLAG_PAL) == 0;
        var planes = isGrey ? 1 : COLOURS;
        var plain = isFloat
                ? isGrey ? avutil.AV_PIX_FMT_GRAYF32LE : avutil.AV_PIX_FMT_GBRPF32LE
                : isGrey ? avutil.AV_PIX_FMT_GRAY16LE : avutil.AV_PIX_FMT_GBRP16LE;
        if (!isPlain(frame.format(), isFloat, isGrey)) {
            convert(frame, plain);
        }
        var made = NewFrame.like(frame, isGrey ? avutil.AV_PIX_FMT_GRAY16LE : avutil.AV_PIX_FMT_GBRP16LE);
        var table = tables.computeIfAbsent(light, ShownLight::of);
        for (var plane = 0; plane < planes; plane++) {
            for (var row = 0; row < frame.height(); row++) {
                shown(frame, plane, row, isFloat, table);
                shorts(made, plane, row).put(wholes, 0, frame.width());
            }
        }
        made.color_range(avutil.AVCOL_RANGE_JPEG).colorspace(isGrey ? frame.colorspace() : avutil.AVCOL_SPC_RGB);
        if (changes) {
            made.color_trc(avutil.AVCOL_TRC_IEC61966_2_1);
        }
        NewFrame.replace(frame, made);
    }

    private static boolean isPlain(int format, boolean isFloat, boolean isGrey) {
        return isFloat
                ? isGrey
                        ? format == avutil.AV_PIX_FMT_GRAYF32LE
                        : format == avutil.AV_PIX_FMT_GBRPF32LE || format == avutil.AV_PIX_FMT_GBRAPF32LE
                : isGrey ? format == avutil.AV_PIX_FMT_GRAY16LE : format == avutil.AV_PIX_FMT_GBRP16LE;
    }

    private void shown(AVFrame frame, int plane, int row, boolean isFloat, ShownLight table) {
        var width = frame.width();
        if (wholes.length < width) {
            wholes = new short[width];
            floats = new float[width];
        }
        if (isFloat) {
            var data = frame.data(plane);
            new FloatPointer(data)
                    .position((data.position() + (long) row * frame.linesize(plane)) / Float.BYTES)
                    .get(floats, 0, width);
            for (var x = 0; x < width; x++) {
                wholes[x] = table.of(floats[x]);
            }
        } else {
            shorts(frame, plane, row).get(wholes, 0, width);
            for (var x = 0; x < width; x++) {
                wholes[x] = table.of(wholes[x]);
            }
        }
    }

    private static ShortPointer shorts(AVFrame frame, int plane, int row) {
        var data = frame.data(plane);
        return new ShortPointer(data).position((data.position() + (long) row * frame.linesize(plane)) / Short.BYTES);
    }

    // Whatever else a format is, FFmpeg's scaler makes it plain without touching what numbers mean.
    private void convert(AVFrame frame, int plain) {
        var colour = ColourFacts.of(frame);
        if (!colour.equals(scaled) || frame.width() != scaledWidth || frame.height() != scaledHeight) {
            swscale.sws_freeContext(scaler);
            scaler = swscale.sws_getContext(
                    frame.width(),
                    frame.height(),
                    frame.format(),
                    frame.width(),
                    frame.height(),
                    plain,
                    EXACT,
                    null,
                    null,
                    (double[]) null);
            if (scaler == null || scaler.isNull()) {
                scaler = new SwsContext((Pointer) null);
                throw new IllegalStateException("Frames in " + colour.formatName()
                        + " cannot be turned into plain numbers; convert the film to a common format.");
            }
            var matrix = swscale.sws_getCoefficients(colour.standard());
            swscale.sws_setColorspaceDetails(scaler, matrix, colour.fullRange() ? 1 : 0, matrix, 1, 0, UNIT, UNIT);
            scaled = colour;
            scaledWidth = frame.width();
            scaledHeight = frame.height();
        }
        var made = NewFrame.like(frame, plain);
        swscale.sws_scale(scaler, frame.data(), frame.linesize(), 0, frame.height(), made.data(), made.linesize());
        NewFrame.replace(frame, made);
    }

    @Override
    public void close() {
        swscale.sws_freeContext(scaler);
        scaler = new SwsContext((Pointer) null);
    }
}

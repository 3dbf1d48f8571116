package org.chromaprep.video.encode;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Turns painted RGB pictures into an encoder's frames. The owner closes it. One thread. */
final class RgbConverter implements AutoCloseable {
    private static final int EXACT = swscale.SWS_BICUBIC
            | swscale.SWS_ACCURATE_RND
            | swscale.SWS_FULL_CHR_H_INP
            | swscale.SWS_FULL_CHR_H_INT
            | swscale.SWS_BITEXACT;
    /** The converter may read a vector's width past the last pixel. */
    private static final int PADDING = 16;

    private static final int PLANES = 4;
    private static final int UNIT = 1 << 16;

    private final int width;
    private final int height;
    private final SwsContext scaler;
    private final IntPointer pixels;
    private final PointerPointer<Pointer> planes = new PointerPointer<>(PLANES);
    private final IntPointer strides = new IntPointer((long) PLANES);

    private RgbConverter(int width, int height, SwsContext scaler) {
        this.width = width;
        this.height = height;
        this.scaler = scaler;
        pixels = new IntPointer((long) width * height + PADDING);
        for (var plane = 0; plane < PLANES; plane++) {
            planes.put(plane, (Pointer) null);
            strides.put(plane, 0);
        }
        planes.put(0, pixels);
        strides.put(0, width * Integer.BYTES);
    }

    /**
     * @throws EncodingException if FFmpeg cannot convert to that format
     */
    static RgbConverter to(PictureFormat format, int width, int height) throws EncodingException {
        var scaler = swscale.sws_getContext(
                width,
                height,
                avutil.AV_PIX_FMT_0RGB32(),
                width,
                height,
                format.pixelFormat(),
                EXACT,
                null,
                null,
                (double[]) null);
        if (scaler == null) {
            throw new EncodingException("Pictures of " + width + "x" + height
                    + " cannot be converted for the encoder; choose another codec.");
        }
        var matrix = swscale.sws_getCoefficients(format.bt601() ? swscale.SWS_CS_ITU601 : swscale.SWS_CS_ITU709);
        swscale.sws_setColorspaceDetails(scaler, matrix, 1, matrix, format.fullRange() ? 1 : 0, 0, UNIT, UNIT);
        return new RgbConverter(width, height, scaler);
    }

    /** Converts a picture of 0xRRGGBB numbers, row by row, into a writable frame of the converter's size and format. */
    void convert(int[] rgb, AVFrame frame) {
        pixels.put(rgb, 0, width * height);
        swscale.sws_scale(scaler, planes, strides, 0, height, frame.data(), frame.linesize());
    }

    @Override
    public void close() {
        swscale.sws_freeContext(scaler);
        pixels.close();
        planes.close();
        strides.close();
    }
}

package org.chromaprep.video.scale;

import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ffmpeg.ColourFacts;

/**
 * Turns frames of any format into rows of 0xRRGGBB at a wanted size, still in stored orientation. Follows changes of size
 * and format. The owner closes it. One thread.
 */
final class RgbReader implements AutoCloseable {
    private static final int QUICK = swscale.SWS_BILINEAR | swscale.SWS_ACCURATE_RND;
    private static final int EXACT =
            QUICK | swscale.SWS_BITEXACT | swscale.SWS_FULL_CHR_H_INP | swscale.SWS_FULL_CHR_H_INT;
    /** The scaler may write a vector's width past the last pixel. */
    private static final int PADDING = 32;

    private static final int PLANES = 4;
    private static final int UNIT = 1 << 16;
    private static final int COLOUR = 0xFFFFFF;

    private record Shape(int width, int height, int toWidth, int toHeight, ColourFacts colour) {}

    private final int filter;
    private final PointerPointer<Pointer> planes = new PointerPointer<>(PLANES);
    private final IntPointer strides = new IntPointer((long) PLANES);
    private SwsContext scaler = new SwsContext((Pointer) null);
    private IntPointer pixels = new IntPointer((Pointer) null);
    private Shape shape = new Shape(0, 0, 0, 0, ColourFacts.NONE);

    private RgbReader(int filter) {
        this.filter = filter;
    }

    /** A reader that gives every pixel its own colour, the same on every machine. */
    static RgbReader exact() {
        return new RgbReader(EXACT);
    }

    /** A reader for pictures to look at: neighbours share their chroma, and greys may be off by 3. Takes a third of the time. */
    static RgbReader quick() {
        return new RgbReader(QUICK);
    }

    /** Scales a picture's frame to toWidth times toHeight, which are stored sizes, into as many numbers. */
    void read(Picture picture, int toWidth, int toHeight, int[] rgb) {
        var frame = picture.frame();
        var wanted = new Shape(frame.width(), frame.height(), toWidth, toHeight, ColourFacts.of(frame));
        if (!wanted.equals(shape)) {
            prepare(wanted);
        }
        swscale.sws_scale(scaler, frame.data(), frame.linesize(), 0, frame.height(), planes, strides);
        pixels.get(rgb, 0, toWidth * toHeight);
        for (var pixel = 0; pixel < toWidth * toHeight; pixel++) {
            rgb[pixel] &= COLOUR;
        }
    }

    private void prepare(Shape wanted) {
        release();
        var opened = swscale.sws_getContext(
                wanted.width(),
                wanted.height(),
                wanted.colour().format(),
                wanted.toWidth(),
                wanted.toHeight(),
                avutil.AV_PIX_FMT_0RGB32(),
                filter,
                null,
                null,
                (double[]) null);
        if (opened == null || opened.isNull()) {
            throw new IllegalStateException("Frames of " + wanted.width() + "x" + wanted.height() + " in "
                    + wanted.colour().formatName() + " cannot be turned into colours; convert the film to yuv420p.");
        }
        scaler = opened;
        var matrix = swscale.sws_getCoefficients(wanted.colour().standard());
        swscale.sws_setColorspaceDetails(
                scaler,
                matrix,
                wanted.colour().fullRange() ? 1 : 0,
                swscale.sws_getCoefficients(swscale.SWS_CS_DEFAULT),
                1,
                0,
                UNIT,
                UNIT);
        pixels = new IntPointer((long) wanted.toWidth() * wanted.toHeight() + PADDING);
        for (var plane = 0; plane < PLANES; plane++) {
            planes.put(plane, (Pointer) null);
            strides.put(plane, 0);
        }
        planes.put(0, pixels);
        strides.put(0, wanted.toWidth() * Integer.BYTES);
        shape = wanted;
    }

    private void release() {
        swscale.sws_freeContext(scaler);
        scaler = new SwsContext((Pointer) null);
        pixels.close();
    }

    @Override
    public void close() {
        release();
        planes.close();
        strides.close();
    }
}

package org.chromaprep.video.scale;

import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVComponentDescriptor;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.chromaprep.natives.OpenState;
import org.chromaprep.video.CropArea;
import org.chromaprep.video.Fit;
import org.chromaprep.video.Framing;
import org.chromaprep.video.Orientation;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ffmpeg.ColourFacts;

/**
 * Turns pictures into small squares of luma, 0 to 255, as shown, whatever their shape. As {@link GreyScaler} with {@link
 * Fit#STRETCH}, but a luma plane of whole bytes is scaled where it lies and only then widened to 0..255 and turned, which takes a
 * fifth of the time; values may be off by one. Cheap enough for every frame of a film. Whoever makes one closes it. One thread at
 * a time.
 */
public final class ThumbnailScaler implements AutoCloseable {
    private static final int FILTER = swscale.SWS_BILINEAR | swscale.SWS_ACCURATE_RND | swscale.SWS_BITEXACT;
    private static final int ODD_FORMATS = avutil.AV_PIX_FMT_FLAG_RGB
            | avutil.AV_PIX_FMT_FLAG_PAL
            | avutil.AV_PIX_FMT_FLAG_BITSTREAM
            | avutil.AV_PIX_FMT_FLAG_FLOAT
            | avutil.AV_PIX_FMT_FLAG_XYZ
            | avutil.AV_PIX_FMT_FLAG_BAYER;
    private static final int LEVELS = 256;
    private static final double BLACK = 16;
    private static final double SPAN = 219;
    private static final int WHITE = 255;
    /** The scaler may touch a vector's width past the last pixel. */
    private static final int PADDING = 64;

    private record Shape(int width, int height, Orientation orientation) {}

    private final OpenState state = new OpenState("This scaler");
    private final int side;
    private final Optional<CropArea> area;
    private final GreyScaler others;
    private final byte[] stored;
    private final byte[] widened = new byte[LEVELS];
    private final PointerPointer<Pointer> from = new PointerPointer<>(1L);
    private final PointerPointer<Pointer> to = new PointerPointer<>(1L);
    private final IntPointer fromStride = new IntPointer(1L);
    private final IntPointer toStride = new IntPointer(1L);
    private final BytePointer target;
    private SwsContext scaler = new SwsContext((Pointer) null);
    private Shape shape = new Shape(0, 0, Orientation.UPRIGHT);
    private CropArea cut = new CropArea(0, 0, 1, 1);

    /**
     * @param side columns, and rows, of what comes out
     * @param area the part of pictures that is used, as shown; empty for all
     * @throws IllegalArgumentException if the side is below 1
     */
    public ThumbnailScaler(int side, Optional<CropArea> area) {
        this.side = side;
        this.area = area;
        others = new GreyScaler(side, side, new Framing(Fit.STRETCH, area));
        stored = new byte[side * side];
        target = new BytePointer((long) stored.length + PADDING);
        to.put(0, target);
        toStride.put(0, side);
        for (var level = 0; level < LEVELS; level++) {
            widened[level] = (byte) Math.round(WHITE * Math.min(1, Math.max(0, (level - BLACK) / SPAN)));
        }
    }

    /**
     * @param luma takes side times side bytes, row by row
     */
    public void scale(Picture picture, byte[] luma) {
        state.check();
        var frame = picture.frame();
        AVPixFmtDescriptor descriptor = avutil.av_pix_fmt_desc_get(frame.format());
        AVComponentDescriptor y = descriptor.comp(0);
        var plain =
                (descriptor.flags() & ODD_FORMATS) == 0 && y.depth() == Byte.SIZE && y.shift() == 0 && y.step() == 1;
        if (!plain) {
            others.scale(picture, luma);
            return;
        }
        var now = new Shape(frame.width(), frame.height(), picture.orientation());
        if (!now.equals(shape)) {
            prepare(picture, now);
        }
        BytePointer plane = frame.data(y.plane());
        var stride = frame.linesize(y.plane());
        from.put(0, new BytePointer(plane).position(plane.position() + (long) cut.top() * stride + cut.left()));
        fromStride.put(0, stride);
        swscale.sws_scale(scaler, from, fromStride, 0, cut.height(), to, toStride);
        target.get(stored, 0, stored.length);
        if (!ColourFacts.of(frame).fullRange()) {
            for (var i = 0; i < stored.length; i++) {
                stored[i] = widened[stored[i] & WHITE];
            }
        }
        if (now.orientation().equals(Orientation.UPRIGHT)) {
            System.arraycopy(stored, 0, luma, 0, stored.length);
        } else {
            now.orientation().turn(stored, side, side, luma);
        }
    }

    private void prepare(Picture picture, Shape now) {
        release();
        shape = now;
        var shown = area.map(each -> new Framing(Fit.STRETCH, area)
                        .place(picture.width(), picture.height(), side, side)
                        .cut())
                .orElseGet(() -> new CropArea(0, 0, picture.width(), picture.height()));
        cut = now.orientation().stored(shown, now.width(), now.height());
        scaler = swscale.sws_getContext(
                cut.width(),
                cut.height(),
                avutil.AV_PIX_FMT_GRAY8,
                side,
                side,
                avutil.AV_PIX_FMT_GRAY8,
                FILTER,
                null,
                null,
                (double[]) null);
        if (scaler == null || scaler.isNull()) {
            throw new IllegalStateException("Frames of " + now.width() + "x" + now.height() + " cannot be made small.");
        }
    }

    private void release() {
        if (scaler != null) {
            swscale.sws_freeContext(scaler);
        }
        scaler = new SwsContext((Pointer) null);
    }

    @Override
    public void close() {
        if (state.close()) {
            release();
            others.close();
            from.close();
            to.close();
            fromStride.close();
            toStride.close();
            target.close();
        }
    }
}

package org.chromaprep.video.scale;

import java.util.Arrays;
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

/**
 * Turns pictures into luma of one size, 0..255, as shown. Luma is the Y plane itself, widened to 0..255 where its range is
 * limited, or 0.299 R + 0.587 G + 0.114 B of RGB pictures (BT.709's weights where the stream says so); transparency is
 * ignored. It is taken at full size, turned, then resized by swscale's bit-exact triangle filter, which averages over
 * all pixels that an output pixel covers (of the first row and column with weights that are up to a twentieth off, and of
 * sides below 4 pixels it takes the nearest); where the size already fits, it is copied. Follows changes of size and
 * format in the film. Whoever makes one closes it. One thread at a time.
 */
public final class GreyScaler implements AutoCloseable {
    private static final int FILTER = swscale.SWS_BILINEAR | swscale.SWS_ACCURATE_RND | swscale.SWS_BITEXACT;
    /** The scaler may touch a vector's width past the last pixel. */
    private static final int PADDING = 64;

    private record Size(int width, int height) {}

    private final OpenState state = new OpenState("This scaler");
    private final int width;
    private final int height;
    private final Framing framing;
    private final LumaReader reader = new LumaReader();
    private final PointerPointer<Pointer> from = new PointerPointer<>(1L);
    private final PointerPointer<Pointer> to = new PointerPointer<>(1L);
    private final IntPointer fromStride = new IntPointer(1L);
    private final IntPointer toStride = new IntPointer(1L);
    private SwsContext scaler = new SwsContext((Pointer) null);
    private BytePointer source = new BytePointer((Pointer) null);
    private BytePointer target = new BytePointer((Pointer) null);
    private Size shown = new Size(0, 0);
    private Framing.Placement placement = new Framing.Placement(new CropArea(0, 0, 1, 1), 1, 1);
    private byte[] stored = {};
    private byte[] upright = {};
    private byte[] small = {};

    /**
     * Uses whole pictures.
     *
     * @throws IllegalArgumentException if a side is below 1
     */
    public GreyScaler(int width, int height, Fit fit) {
        this(width, height, Framing.of(fit));
    }

    /**
     * @throws IllegalArgumentException if a side is below 1
     */
    public GreyScaler(int width, int height, Framing framing) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("Pictures need sides of 1 at least, not " + width + "x" + height + ".");
        }
        this.width = width;
        this.height = height;
        this.framing = framing;
    }

    /**
     * @param luma takes width times height bytes, row by row
     */
    public void scale(Picture picture, byte[] luma) {
        state.check();
        var size = new Size(picture.width(), picture.height());
        if (!size.equals(shown)) {
            prepare(size);
        }
        reader.read(picture, stored);
        var turned = stored;
        if (!picture.orientation().equals(Orientation.UPRIGHT)) {
            picture.orientation()
                    .turn(stored, picture.frame().width(), picture.frame().height(), upright);
            turned = upright;
        }
        var cut = placement.cut();
        if (cut.width() == placement.width() && cut.height() == placement.height()) {
            for (var row = 0; row < cut.height(); row++) {
                System.arraycopy(
                        turned, (cut.top() + row) * shown.width() + cut.left(), small, row * cut.width(), cut.width());
            }
        } else {
            source.position(0).put(turned, 0, shown.width() * shown.height());
            source.position((long) cut.top() * shown.width() + cut.left());
            from.put(0, source);
            swscale.sws_scale(scaler, from, fromStride, 0, cut.height(), to, toStride);
            target.get(small, 0, placement.width() * placement.height());
        }
        place(luma);
    }

    /** Where the last picture's pixels went, in the middle of what was written. */
    public Framing.Placement placement() {
        return placement;
    }

    /** Puts the scaled picture in the middle of black. */
    private void place(byte[] luma) {
        if (placement.width() < width || placement.height() < height) {
            Arrays.fill(luma, 0, width * height, (byte) 0);
        }
        var left = (width - placement.width()) / 2;
        var top = (height - placement.height()) / 2;
        for (var row = 0; row < placement.height(); row++) {
            System.arraycopy(small, row * placement.width(), luma, (top + row) * width + left, placement.width());
        }
    }

    private void prepare(Size size) {
        release();
        shown = size;
        placement = framing.place(size.width(), size.height(), width, height);
        var cut = placement.cut();
        var pixels = size.width() * size.height();
        stored = new byte[pixels];
        upright = new byte[pixels];
        small = new byte[placement.width() * placement.height()];
        source = new BytePointer((long) pixels + PADDING);
        target = new BytePointer((long) small.length + PADDING);
        scaler = swscale.sws_getContext(
                cut.width(),
                cut.height(),
                avutil.AV_PIX_FMT_GRAY8,
                placement.width(),
                placement.height(),
                avutil.AV_PIX_FMT_GRAY8,
                FILTER,
                null,
                null,
                (double[]) null);
        if (scaler == null || scaler.isNull()) {
            throw new IllegalStateException("Frames of " + size.width() + "x" + size.height() + " cannot be resized to "
                    + width + "x" + height + "; choose another size.");
        }
        to.put(0, target);
        fromStride.put(0, size.width());
        toStride.put(0, placement.width());
    }

    private void release() {
        if (scaler != null) {
            swscale.sws_freeContext(scaler);
        }
        scaler = new SwsContext((Pointer) null);
        source.close();
        target.close();
    }

    @Override
    public void close() {
        if (state.close()) {
            release();
            reader.close();
            from.close();
            to.close();
            fromStride.close();
            toStride.close();
        }
    }
}

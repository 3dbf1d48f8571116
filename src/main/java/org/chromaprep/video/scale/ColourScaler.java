package org.chromaprep.video.scale;

import org.chromaprep.natives.OpenState;
import org.chromaprep.video.Orientation;
import org.chromaprep.video.Picture;

/**
 * Turns pictures into 0xRRGGBB of one size, as shown, stretched by swscale's triangle filter. The stream's own matrix and
 * range are applied; where it says no matrix, BT.709 from 1280 columns or 577 rows on and BT.601 below; where it says no
 * range, limited for YUV and full for grey and RGB. Transparency is ignored. Follows changes of size and format in the
 * film. Whoever makes one closes it. One thread at a time.
 */
public final class ColourScaler implements AutoCloseable {
    private final OpenState state = new OpenState("This scaler");
    private final int width;
    private final int height;
    private final int[] stored;
    private final RgbReader reader;

    private ColourScaler(int width, int height, RgbReader reader) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("Pictures need sides of 1 at least, not " + width + "x" + height + ".");
        }
        this.width = width;
        this.height = height;
        this.reader = reader;
        stored = new int[width * height];
    }

    /**
     * A scaler that gives every pixel its own colour, the same on every machine.
     *
     * @throws IllegalArgumentException if a side is below 1
     */
    public static ColourScaler exact(int width, int height) {
        return new ColourScaler(width, height, RgbReader.exact());
    }

    /**
     * A scaler for pictures to look at, which takes a third of the time: two neighbours share their chroma, and greys may be
     * off by 3.
     *
     * @throws IllegalArgumentException if a side is below 1
     */
    public static ColourScaler quick(int width, int height) {
        return new ColourScaler(width, height, RgbReader.quick());
    }

    /**
     * @param rgb width times height numbers, row by row
     */
    public void scale(Picture picture, int[] rgb) {
        state.check();
        var orientation = picture.orientation();
        if (orientation.equals(Orientation.UPRIGHT)) {
            reader.read(picture, width, height, rgb);
            return;
        }
        var storedWidth = orientation.width(width, height);
        var storedHeight = orientation.height(width, height);
        reader.read(picture, storedWidth, storedHeight, stored);
        orientation.turn(stored, storedWidth, storedHeight, rgb);
    }

    @Override
    public void close() {
        if (state.close()) {
            reader.close();
        }
    }
}

package org.chromaprep.video.scale;

import java.util.Arrays;
import org.chromaprep.natives.OpenState;
import org.chromaprep.video.CropArea;
import org.chromaprep.video.Framing;
import org.chromaprep.video.Orientation;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ffmpeg.ColourFacts;

/**
 * Turns pictures into CIE L*a*b* (D65) of one size, as shown. The stream's own matrix, range and transfer are applied, see
 * {@link ColourScaler} for what is taken where it says none. Each component is resized at its own depth and resolution
 * by a triangle filter, chroma from where its samples lie, and colours are made of the resized components in floating
 * point: no rounding to 8 bits lies between the film and the result. Numbers beyond RGB's range are clipped to it.
 *
 * <p>Follows changes of size and format in the film. Whoever makes one closes it. One thread at a time.
 */
public final class LabScaler implements AutoCloseable {
    private static final int COMPONENTS = 3;
    private static final int WHITE = 255;
    private static final byte[] NO_RGB = {};

    private record Shape(int width, int height, ColourFacts colour, Orientation orientation) {}

    private record Axes(TriangleFilter columns, TriangleFilter rows) {}

    private final OpenState state = new OpenState("This scaler");
    private final int width;
    private final int height;
    private final Framing framing;
    private final ComponentReader reader = new ComponentReader();
    private final Axes[] axes = new Axes[COMPONENTS];
    private final float[][] planes = new float[COMPONENTS][];
    private final float[] lab = new float[COMPONENTS];
    private final double[] colour = new double[COMPONENTS];
    private float[] line = {};
    private float[] lines = {};
    private Shape shape = new Shape(0, 0, ColourFacts.NONE, Orientation.UPRIGHT);
    private Framing.Placement placement = new Framing.Placement(new CropArea(0, 0, 1, 1), 1, 1);
    private LabConversion conversion = LabConversion.of(ColourFacts.NONE);
    private int[] storedPixel = {};

    /**
     * @throws IllegalArgumentException if a side is below 1
     */
    public LabScaler(int width, int height, Framing framing) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("Pictures need sides of 1 at least, not " + width + "x" + height + ".");
        }
        this.width = width;
        this.height = height;
        this.framing = framing;
    }

    /**
     * @param lightness takes width times height values of L*, 0 to 100, row by row
     * @param ab takes a* and b* of each pixel, one after the other, row by row
     */
    public void scale(Picture picture, float[] lightness, float[] ab) {
        state.check();
        scale(picture, lightness, ab, NO_RGB);
    }

    /**
     * As {@link #scale(Picture, float[], float[])}, with red, green and blue as the film has them: not light, and of the film's own
     * primaries.
     *
     * @param rgb takes red, green and blue of each pixel, 0 to 255, one after the other, row by row; nothing if it has no room
     */
    public void scale(Picture picture, float[] lightness, float[] ab, byte[] rgb) {
        state.check();
        var frame = picture.frame();
        reader.open(picture);
        var now = new Shape(frame.width(), frame.height(), ColourFacts.of(frame), picture.orientation());
        if (!now.equals(shape)) {
            prepare(picture, now);
        }
        var components = reader.isGrey() ? 1 : COMPONENTS;
        for (var component = 0; component < components; component++) {
            resize(component);
        }
        convert(lightness, ab, rgb);
    }

    private void prepare(Picture picture, Shape now) {
        shape = now;
        conversion = LabConversion.of(now.colour());
        placement = framing.place(picture.width(), picture.height(), width, height);
        var orientation = now.orientation();
        var cut = orientation.stored(placement.cut(), now.width(), now.height());
        var columns = orientation.width(placement.width(), placement.height());
        var rows = orientation.height(placement.width(), placement.height());
        for (var component = 0; component < COMPONENTS; component++) {
            axes[component] = new Axes(
                    filter(
                            reader.width(component),
                            cut.left(),
                            cut.width(),
                            reader.columnStep(component),
                            reader.chromaColumn(),
                            columns),
                    filter(
                            reader.height(component),
                            cut.top(),
                            cut.height(),
                            reader.rowStep(component),
                            reader.chromaRow(),
                            rows));
            planes[component] = new float[columns * rows];
        }
        line = new float[now.width()];
        lines = new float[now.height() * columns];
        var stored = new int[columns * rows];
        Arrays.setAll(stored, i -> i);
        storedPixel = new int[stored.length];
        orientation.turn(stored, columns, rows, storedPixel);
    }

    // A component's sample j stands for step columns and has its centre at j * step + 0.5 + place * (step - 1) of them.
    private static TriangleFilter filter(int samples, int begin, int length, int step, double place, int outputs) {
        var shift = (0.5 + place * (step - 1)) / step - 0.5;
        return new TriangleFilter(samples, (double) begin / step - shift, (double) length / step, outputs);
    }

    private void resize(int component) {
        var columns = axes[component].columns();
        var rows = axes[component].rows();
        for (var row = rows.begin(); row < rows.end(); row++) {
            reader.read(component, row, line);
            columns.apply(line, lines, (row - rows.begin()) * columns.outputs());
        }
        rows.applyAcross(lines, columns.outputs(), planes[component]);
    }

    private void convert(float[] lightness, float[] ab, byte[] rgb) {
        if (placement.width() < width || placement.height() < height) {
            Arrays.fill(lightness, 0, width * height, 0);
            Arrays.fill(ab, 0, 2 * width * height, 0);
            Arrays.fill(rgb, (byte) 0);
        }
        var decoder = new Components(shape.colour(), reader.depth(), reader.isRgb(), reader.isGrey());
        var left = (width - placement.width()) / 2;
        var top = (height - placement.height()) / 2;
        var from = 0;
        for (var y = 0; y < placement.height(); y++) {
            var at = (top + y) * width + left;
            for (var x = 0; x < placement.width(); x++, at++) {
                var pixel = storedPixel[from++];
                decoder.toRgb(planes[0][pixel], planes[1][pixel], planes[2][pixel], colour);
                conversion.convert(colour[0], colour[1], colour[2], lab);
                for (var channel = 0; channel < COMPONENTS && rgb.length > 0; channel++) {
                    rgb[COMPONENTS * at + channel] = (byte) Math.round(WHITE * colour[channel]);
                }
                lightness[at] = lab[0];
                ab[2 * at] = lab[1];
                ab[2 * at + 1] = lab[2];
            }
        }
    }

    @Override
    public void close() {
        if (state.close()) {
            reader.close();
        }
    }
}

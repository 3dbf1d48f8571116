package org.chromaprep.video.scale;

import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.natives.OpenState;
import org.chromaprep.video.Fit;
import org.chromaprep.video.Orientation;
import org.chromaprep.video.Picture;
import org.chromaprep.video.PlaneFormat;
import org.chromaprep.video.PlanePicture;
import org.chromaprep.video.Rational;
import org.chromaprep.video.ffmpeg.ColourFacts;

/**
 * Gives a film's pictures other colours. Luma is the film's own, number by number as it is coded and turned as it is shown; of
 * films that are coded as RGB it is their weighted sum, rounded. The colour differences are made of a*, b* that are given on a
 * grid over the whole picture: enlarged bilinearly to where the samples of the colour planes lie, and solved for at the mean
 * luma of the pixels that such a sample stands for. What colours the film has are not looked at.
 *
 * <p>Pictures of another size or depth than the film's first are resized, or shifted, and {@link #paint} says so. Whoever
 * makes one closes it. One thread at a time.
 */
public final class PlaneColourer implements AutoCloseable {
    private static final int FULL = 255;

    private final OpenState state = new OpenState("This colourer");
    private final PlaneFormat format;
    private final int gridWidth;
    private final ColourFacts facts;
    private final ChromaSolver solver;
    private final ComponentReader reader = new ComponentReader();
    private final Taps across;
    private final Taps down;
    private final float[] mixed;
    private final double[] differences = new double[2];
    private float[] line = {};
    private int[] stored = {};
    private int[] shown = {};

    /** What an enlarged position is mixed from: two of the grid's, and the second one's share. */
    private record Taps(int[] first, int[] second, float[] share) {
        /**
         * @param samples of the colour plane
         * @param step luma positions that a sample stands for
         * @param place where its centre lies between those of the first and the last of them, 0 to 1
         * @param length luma positions
         * @param grid positions of the grid
         */
        static Taps of(int samples, int step, double place, int length, int grid) {
            var taps = new Taps(new int[samples], new int[samples], new float[samples]);
            for (var i = 0; i < samples; i++) {
                var centre = i * step + 0.5 + place * (step - 1);
                var at = Math.min(Math.max(centre * grid / length - 0.5, 0), grid - 1);
                taps.first[i] = (int) at;
                taps.second[i] = Math.min(taps.first[i] + 1, grid - 1);
                taps.share[i] = (float) (at - taps.first[i]);
            }
            return taps;
        }
    }

    /**
     * The format that a film's pictures keep when they are given colours: its size as shown, its bits, range and matrix, and
     * colour planes of half the size in both directions.
     *
     * @param first the film's first picture
     * @param pixelAspect a pixel's width over its height as shown
     */
    public static PlaneFormat formatOf(Picture first, Rational pixelAspect) {
        var frame = first.frame();
        var facts = ColourFacts.of(frame);
        try (var components = new ComponentReader()) {
            components.open(first);
            var depth = components.isRgb() ? Byte.SIZE : Math.max(Byte.SIZE, components.depth());
            var location = frame.chroma_location() == avutil.AVCHROMA_LOC_UNSPECIFIED
                    ? avutil.AVCHROMA_LOC_LEFT
                    : frame.chroma_location();
            return new PlaneFormat(
                    first.width(),
                    first.height(),
                    depth,
                    2,
                    2,
                    new PlaneFormat.StoredColour(
                            facts.fullRange(),
                            matrix(frame, facts),
                            frame.color_primaries(),
                            frame.color_trc(),
                            location),
                    pixelAspect);
        }
    }

    // Players guess a matrix by the picture's size where none is given; what was taken here is given.
    private static int matrix(AVFrame frame, ColourFacts facts) {
        return switch (facts.lumaMatrix()) {
            case "bt709" -> avutil.AVCOL_SPC_BT709;
            case "bt2020" -> avutil.AVCOL_SPC_BT2020_NCL;
            case "smpte240m" -> avutil.AVCOL_SPC_SMPTE240M;
            default ->
                frame.colorspace() == avutil.AVCOL_SPC_BT470BG ? avutil.AVCOL_SPC_BT470BG : avutil.AVCOL_SPC_SMPTE170M;
        };
    }

    /**
     * @param first the film's first picture, whose matrix and transfer count for the whole film
     * @param format of the pictures that are painted
     * @param gridWidth columns of the grid that colours are given on
     * @param gridHeight rows of it
     */
    public PlaneColourer(Picture first, PlaneFormat format, int gridWidth, int gridHeight) {
        this.format = format;
        this.gridWidth = gridWidth;
        facts = ColourFacts.of(first.frame());
        solver = new ChromaSolver(LabConversion.of(facts), facts.redShare(), facts.blueShare());
        var x = new int[1];
        var y = new int[1];
        if (avutil.av_chroma_location_enum_to_pos(x, y, format.colour().chromaLocation()) < 0) {
            avutil.av_chroma_location_enum_to_pos(x, y, avutil.AVCHROMA_LOC_LEFT);
        }
        across = Taps.of(format.colourWidth(), format.columnStep(), x[0] / 256.0, format.width(), gridWidth);
        down = Taps.of(format.colourHeight(), format.rowStep(), y[0] / 256.0, format.height(), gridHeight);
        mixed = new float[2 * gridWidth];
    }

    /** Red's share of the film's luma. */
    public double redShare() {
        return facts.redShare();
    }

    /** Blue's share of the film's luma. */
    public double blueShare() {
        return facts.blueShare();
    }

    /**
     * Paints a picture.
     *
     * @param picture whose luma it has
     * @param ab a*, b* of each pixel of the grid, one after the other, row by row
     * @param into receives luma and colours; of this painter's format
     * @return what had to be done to the luma, as half a sentence; empty where it is the film's, number by number
     */
    public Optional<String> paint(Picture picture, float[] ab, PlanePicture into) {
        state.check();
        var remark = copyLuma(picture, into);
        colour(ab, into);
        return remark;
    }

    /** As {@link #paint}, without colours. */
    public Optional<String> paintGrey(Picture picture, PlanePicture into) {
        state.check();
        var remark = copyLuma(picture, into);
        into.clearColour();
        return remark;
    }

    private Optional<String> copyLuma(Picture picture, PlanePicture into) {
        if (picture.width() != format.width() || picture.height() != format.height()) {
            return Optional.of(resize(picture, into));
        }
        var frame = picture.frame();
        reader.open(picture);
        var width = frame.width();
        var pixels = width * frame.height();
        if (stored.length < pixels) {
            stored = new int[pixels];
            shown = new int[pixels];
        }
        line = line.length < width ? new float[width] : line;
        var depth = reader.isRgb() ? Byte.SIZE : reader.depth();
        readLuma(frame);
        var turned = stored;
        if (!picture.orientation().equals(Orientation.UPRIGHT)) {
            picture.orientation().turn(stored, width, frame.height(), shown);
            turned = shown;
        }
        var luma = into.luma();
        var shift = format.depth() - depth;
        var most = (1 << format.depth()) - 1;
        for (var i = 0; i < pixels; i++) {
            var value = shift >= 0 ? turned[i] << shift : Math.min(most, turned[i] + (1 << -shift - 1) >> -shift);
            luma[i] = (short) value;
        }
        return shift == 0
                ? Optional.empty()
                : Optional.of("its luma of " + depth + " bits was changed to " + format.depth());
    }

    private void readLuma(AVFrame frame) {
        var width = frame.width();
        if (!reader.isRgb()) {
            for (var row = 0; row < frame.height(); row++) {
                reader.read(0, row, line);
                for (var x = 0; x < width; x++) {
                    stored[row * width + x] = (int) line[x];
                }
            }
            return;
        }
        var own = ColourFacts.of(frame);
        var shares = new double[] {own.redShare(), 1 - own.redShare() - own.blueShare(), own.blueShare()};
        var most = (double) (1 << reader.depth()) - 1;
        for (var row = 0; row < frame.height(); row++) {
            var sums = new double[width];
            for (var component = 0; component < shares.length; component++) {
                reader.read(component, row, line);
                for (var x = 0; x < width; x++) {
                    sums[x] += shares[component] * line[x];
                }
            }
            for (var x = 0; x < width; x++) {
                stored[row * width + x] = (int) Math.round(sums[x] / most * FULL);
            }
        }
    }

    private String resize(Picture picture, PlanePicture into) {
        var grey = new byte[format.width() * format.height()];
        try (var scaler = new GreyScaler(format.width(), format.height(), Fit.STRETCH)) {
            scaler.scale(picture, grey);
        }
        for (var i = 0; i < grey.length; i++) {
            into.luma()[i] = (short) Math.round(format.black() + (grey[i] & FULL) * format.span() / FULL);
        }
        return "its picture of " + picture.width() + "x" + picture.height() + " was resized to " + format.width() + "x"
                + format.height();
    }

    private void colour(float[] ab, PlanePicture into) {
        var width = format.colourWidth();
        var neutral = format.neutral();
        var most = (1 << format.depth()) - 1;
        for (var row = 0; row < format.colourHeight(); row++) {
            var above = 2 * gridWidth * down.first[row];
            var below = 2 * gridWidth * down.second[row];
            var share = down.share[row];
            for (var i = 0; i < mixed.length; i++) {
                mixed[i] = ab[above + i] + share * (ab[below + i] - ab[above + i]);
            }
            for (var column = 0; column < width; column++) {
                var one = 2 * across.first[column];
                var other = 2 * across.second[column];
                var part = across.share[column];
                var a = mixed[one] + part * (mixed[other] - mixed[one]);
                var b = mixed[one + 1] + part * (mixed[other + 1] - mixed[one + 1]);
                solver.solve((meanLuma(into.luma(), row, column) - format.black()) / format.span(), a, b, differences);
                into.blue()[row * width + column] = stored(differences[0], neutral, most);
                into.red()[row * width + column] = stored(differences[1], neutral, most);
            }
        }
    }

    private short stored(double difference, int neutral, int most) {
        return (short) Math.min(most, Math.max(0, Math.round(neutral + difference * format.colourSpan())));
    }

    private double meanLuma(short[] luma, int row, int column) {
        var bottom = Math.min(format.height(), (row + 1) * format.rowStep());
        var end = Math.min(format.width(), (column + 1) * format.columnStep());
        var sum = 0;
        var count = 0;
        for (var y = row * format.rowStep(); y < bottom; y++) {
            for (var x = column * format.columnStep(); x < end; x++) {
                sum += luma[y * format.width() + x] & 0xFFFF;
                count++;
            }
        }
        return (double) sum / count;
    }

    @Override
    public void close() {
        if (state.close()) {
            reader.close();
        }
    }
}

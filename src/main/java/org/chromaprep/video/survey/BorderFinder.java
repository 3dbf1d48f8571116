package org.chromaprep.video.survey;

import java.util.Optional;
import org.chromaprep.video.CropArea;
import org.chromaprep.video.Fit;
import org.chromaprep.video.Picture;
import org.chromaprep.video.scale.GreyScaler;

/**
 * Finds the black borders of letterboxed and pillarboxed films by some of their frames: lines at the edges that are black
 * nearly always. Frames that are dark all over say nothing. The owner closes it. One thread.
 */
final class BorderFinder implements AutoCloseable {
    /** Brighter than black with a codec's or a tape's noise, in luma of 0 to 255. */
    private static final int LIT = 36;
    /** A line with more than this share of lit pixels is no border. */
    private static final double FEW = 0.02;
    /** A line may be other than black in this share of frames, for subtitles and flashes. */
    private static final double SELDOM = 0.05;
    /** Mean luma below which a frame is dark all over. */
    private static final double DARK = 24;
    /** Borders thinner than this are not worth cutting. */
    private static final int THINNEST = 2;
    /** One side's border may be so much wider than twice the other's, as a share of the side. */
    private static final double UNEVEN = 0.04;
    /** No more than this share of a side can be border: otherwise the picture is a small light in the dark. */
    private static final double WIDEST = 0.6;

    private final int width;
    private final int height;
    private final GreyScaler scaler;
    private final byte[] luma;
    private final int[] litRows;
    private final int[] litColumns;
    private int frames;

    /** @param width of the pictures as shown, as {@code height} */
    BorderFinder(int width, int height) {
        this.width = width;
        this.height = height;
        scaler = new GreyScaler(width, height, Fit.STRETCH);
        luma = new byte[width * height];
        litRows = new int[height];
        litColumns = new int[width];
    }

    void add(Picture picture) {
        scaler.scale(picture, luma);
        var rows = new int[height];
        var columns = new int[width];
        var sum = 0L;
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                var value = luma[y * width + x] & 255;
                var lit = value > LIT ? 1 : 0;
                rows[y] += lit;
                columns[x] += lit;
                sum += value;
            }
        }
        if (sum < DARK * width * height) {
            return;
        }
        frames++;
        for (var y = 0; y < height; y++) {
            litRows[y] += rows[y] > FEW * width ? 1 : 0;
        }
        for (var x = 0; x < width; x++) {
            litColumns[x] += columns[x] > FEW * height ? 1 : 0;
        }
    }

    /** The picture inside the borders; empty where there are none. */
    Optional<CropArea> inside() {
        if (frames == 0) {
            return Optional.empty();
        }
        var rows = lit(litRows);
        var columns = lit(litColumns);
        var area = new CropArea(columns[0], rows[0], columns[1] - columns[0], rows[1] - rows[0]);
        return area.width() == width && area.height() == height ? Optional.empty() : Optional.of(area);
    }

    private int[] lit(int[] lines) {
        var least = Math.max(1, SELDOM * frames);
        var begin = 0;
        while (begin < lines.length && lines[begin] < least) {
            begin++;
        }
        var end = lines.length;
        while (end > begin && lines[end - 1] < least) {
            end--;
        }
        var before = begin < THINNEST ? 0 : begin;
        var after = lines.length - end < THINNEST ? 0 : lines.length - end;
        var even = Math.min(before, after);
        // Borders lie on both sides; what is black on one side alone is the picture's own.
        var uneven = Math.max(before, after) > 2 * even + UNEVEN * lines.length;
        begin = uneven ? even : before;
        end = lines.length - (uneven ? even : after);
        return end - begin < (1 - WIDEST) * lines.length ? new int[] {0, lines.length} : new int[] {begin, end};
    }

    @Override
    public void close() {
        scaler.close();
    }
}

package org.chromaprep.video;

import java.util.Optional;

/**
 * Finds the black borders of letterboxed and pillarboxed films by some of their frames: lines at the edges that are black
 * nearly always. Frames that are dark all over tell nothing. The owner closes it. One thread.
 */
final class BorderFinder implements AutoCloseable {
    /** Black with a codec's noise, in luma of 0 to 255; pictures' own shadows are seldom below for a whole line. */
    private static final double BLACK = 20;
    /** A line may be other than black in this share of frames, for subtitles and flashes. */
    private static final double SELDOM = 0.05;
    /** Mean luma below which a frame is dark all over. */
    private static final double DARK = 24;
    /** Borders thinner than this are not worth cutting. */
    private static final int THINNEST = 2;
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
        var rows = new long[height];
        var columns = new long[width];
        var sum = 0L;
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                var value = luma[y * width + x] & 255;
                rows[y] += value;
                columns[x] += value;
            }
            sum += rows[y];
        }
        if (sum < DARK * width * height) {
            return;
        }
        frames++;
        for (var y = 0; y < height; y++) {
            litRows[y] += rows[y] > BLACK * width ? 1 : 0;
        }
        for (var x = 0; x < width; x++) {
            litColumns[x] += columns[x] > BLACK * height ? 1 : 0;
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
        begin = begin < THINNEST ? 0 : begin;
        end = lines.length - end < THINNEST ? lines.length : end;
        return end - begin < (1 - WIDEST) * lines.length ? new int[] {0, lines.length} : new int[] {begin, end};
    }

    @Override
    public void close() {
        scaler.close();
    }
}

package org.chromaprep.scene;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a small picture of 32 by 32 grey values, in shares of its sides.
 *
 * @param left of what lies beside it
 * @param top of what lies above it
 * @param width of the picture's
 * @param height of the picture's
 */
record PicturePart(double left, double top, double width, double height) {
    private static final int SIDE = Thumbnail.HALF;
    private static final double SLACK = 1e-9;
    /** Parts that are smaller are taken for another picture. */
    private static final double SMALLEST = 0.6;

    /** The parts by whose hashes pictures are looked for, the whole picture first. */
    static final List<PicturePart> LISTED = listed();

    private static List<PicturePart> listed() {
        var parts = new ArrayList<PicturePart>();
        parts.add(new PicturePart(0, 0, 1, 1));
        for (var side : new double[] {0.96, 0.92, 0.88, 0.84, 0.8}) {
            parts.add(new PicturePart((1 - side) / 2, (1 - side) / 2, side, side));
        }
        for (var side : new double[] {0.88, 0.8, 0.74, 0.7}) {
            var places = (int) Math.ceil((1 - side) / 0.04);
            for (var place = 0; place <= places; place++) {
                parts.add(new PicturePart(0, place * (1 - side) / places, 1, side));
                parts.add(new PicturePart(place * (1 - side) / places, 0, side, 1));
            }
        }
        return List.copyOf(parts);
    }

    private boolean isWithin() {
        return left >= -SLACK
                && top >= -SLACK
                && left + width <= 1 + SLACK
                && top + height <= 1 + SLACK
                && width >= SMALLEST
                && height >= SMALLEST;
    }

    /** Those that lie a step away within the picture: moved, grown or shrunk on one axis. */
    List<PicturePart> neighbours(double step) {
        var next = new ArrayList<PicturePart>();
        for (var sign = -1; sign <= 1; sign += 2) {
            var d = sign * step;
            next.add(new PicturePart(left + d, top, width, height));
            next.add(new PicturePart(left, top + d, width, height));
            next.add(new PicturePart(left - d / 2, top, width + d, height));
            next.add(new PicturePart(left, top - d / 2, width, height + d));
            next.add(new PicturePart(left, top, width + d, height));
            next.add(new PicturePart(left, top, width, height + d));
        }
        next.removeIf(part -> !part.isWithin());
        return next;
    }

    /** What a picture shows there, bilinearly enlarged to all of it. */
    float[] of(byte[] greys) {
        var columns = columns(greys);
        var rows = rows();
        var to = new float[SIDE * SIDE];
        for (var y = 0; y < SIDE; y++) {
            for (var x = 0; x < SIDE; x++) {
                to[y * SIDE + x] = rows.between(columns, y, x);
            }
        }
        return to;
    }

    /** Each row of a picture enlarged from the part's columns to all, which depends on them alone. */
    float[] columns(byte[] greys) {
        var to = new float[SIDE * SIDE];
        for (var x = 0; x < SIDE; x++) {
            var column = place(left, width, x);
            var first = (int) Math.min(SIDE - 2, column);
            var across = (float) (column - first);
            for (var y = 0; y < SIDE; y++) {
                var at = y * SIDE + first;
                to[y * SIDE + x] = (greys[at] & 0xFF) * (1 - across) + (greys[at + 1] & 0xFF) * across;
            }
        }
        return to;
    }

    /**
     * Between which rows of a picture each row of the part lies.
     *
     * @param above where the row above begins
     * @param down how far below it is, in rows
     */
    record Rows(int[] above, float[] down) {
        /** The grey value of one pixel, of {@link #columns}. */
        float between(float[] columns, int y, int x) {
            return columns[above[y] + x] * (1 - down[y]) + columns[above[y] + SIDE + x] * down[y];
        }
    }

    Rows rows() {
        var above = new int[SIDE];
        var down = new float[SIDE];
        for (var y = 0; y < SIDE; y++) {
            var row = place(top, height, y);
            var upper = (int) Math.min(SIDE - 2, row);
            above[y] = upper * SIDE;
            down[y] = (float) (row - upper);
        }
        return new Rows(above, down);
    }

    private static double place(double begin, double size, int pixel) {
        return Math.max(0, Math.min(SIDE - 1, (begin + (pixel + 0.5) / SIDE * size) * SIDE - 0.5));
    }
}

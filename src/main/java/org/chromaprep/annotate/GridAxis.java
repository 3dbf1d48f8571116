package org.chromaprep.annotate;

/**
 * Where a panel's columns (or rows) lie on the grid's columns (or rows): tables for one axis, by pixel centres. Immutable.
 */
final class GridAxis {
    private final int begin;
    private final int end;
    private final int firstVisible;
    private final int lastVisible;
    private final int[] cell;
    private final int[] lower;
    private final int[] upper;
    private final float[] weight;

    /**
     * @param length panel pixels along the axis
     * @param cells grid cells along the axis
     * @param origin where the grid begins, as a fraction of the panel
     * @param extent how far the grid reaches, as a fraction of the panel
     */
    GridAxis(int length, int cells, double origin, double extent) {
        cell = new int[length];
        lower = new int[length];
        upper = new int[length];
        weight = new float[length];
        var inside = 0;
        var outsideBefore = 0;
        for (var i = 0; i < length; i++) {
            var position = ((i + 0.5) / length - origin) / extent * cells;
            if (position < 0) {
                outsideBefore++;
            } else if (position < cells) {
                inside++;
            }
            cell[i] = (int) clamp(Math.floor(position), cells - 1);
            var centred = clamp(position - 0.5, cells - 1);
            lower[i] = (int) centred;
            upper[i] = Math.min(lower[i] + 1, cells - 1);
            weight[i] = (float) (centred - lower[i]);
        }
        begin = outsideBefore;
        end = outsideBefore + inside;
        firstVisible = (int) clamp(Math.floor(-origin / extent * cells), cells - 1);
        lastVisible = (int) clamp(Math.ceil((1 - origin) / extent * cells) - 1, cells - 1);
    }

    /** The first panel pixel that lies on the grid. */
    int begin() {
        return begin;
    }

    /** The panel pixel after the last that lies on the grid. */
    int end() {
        return end;
    }

    boolean covers(int pixel) {
        return pixel >= begin && pixel < end;
    }

    /** The first grid cell of which the panel shows a part. */
    int firstVisible() {
        return firstVisible;
    }

    /** The last grid cell of which the panel shows a part. */
    int lastVisible() {
        return lastVisible;
    }

    /** The grid cell on which a panel pixel's centre lies. */
    int cell(int pixel) {
        return cell[pixel];
    }

    /** The grid cell whose centre is the last at or before the panel pixel's. */
    int lower(int pixel) {
        return lower[pixel];
    }

    /** The grid cell after {@link #lower}, or the last one. */
    int upper(int pixel) {
        return upper[pixel];
    }

    /** How far the panel pixel's centre is from {@link #lower} to {@link #upper}, 0 to below 1. */
    float weight(int pixel) {
        return weight[pixel];
    }

    private static double clamp(double value, double most) {
        return Math.max(0, Math.min(most, value));
    }
}

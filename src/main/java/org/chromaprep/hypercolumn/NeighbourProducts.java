package org.chromaprep.hypercolumn;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Squared norms of one layer's enlarged pixels from the inner products of neighbouring native positions.
 *
 * <p>An enlarged pixel mixes four neighbours, so its squared norm is a quadratic form in their ten inner products. Those
 * come from five numbers a position: itself with itself, with its right and its lower neighbour, and the two diagonals.
 * Used by one thread at a time.
 */
final class NeighbourProducts implements SquaredNorms {
    private static final int TILE = 16;
    private static final int ROW = TILE + 2;
    /** Channels whose products are added in float before they are passed on to double. */
    private static final int CHANNELS = 128;

    private final FloatBuffer tile = Blas.allocate(TILE * ROW);
    private final FloatPointer tilePointer = Blas.pointer(tile);
    private final float[] products = new float[TILE * ROW];
    private final FeatureMap map;
    private final FloatPointer left;
    private final FloatPointer right;
    private final Bilinear bilinear;
    private final double[] self;
    private final double[] beside;
    private final double[] below;
    private final double[] falling;
    private final double[] rising;

    NeighbourProducts(FeatureMap map, Bilinear bilinear) {
        this.map = map;
        this.left = Blas.pointer(map.values());
        this.right = Blas.pointer(map.values());
        this.bilinear = bilinear;
        var rows = map.height() * map.width();
        this.self = new double[rows];
        this.beside = new double[rows];
        this.below = new double[rows];
        this.falling = new double[rows];
        this.rising = new double[rows];
    }

    @Override
    public void addTo(double[] norms) {
        Arrays.fill(self, 0);
        Arrays.fill(beside, 0);
        Arrays.fill(below, 0);
        Arrays.fill(falling, 0);
        Arrays.fill(rising, 0);
        for (var y = 0; y < map.height(); y++) {
            for (var x = 0; x < map.width(); x += TILE) {
                for (var c = 0; c < map.channels(); c += CHANNELS) {
                    sameRow(y, x, c);
                    if (y + 1 < map.height()) {
                        nextRow(y, x, c);
                    }
                }
            }
        }
        for (var y = 0; y < bilinear.rows().to(); y++) {
            addRow(norms, y);
        }
    }

    private void sameRow(int y, int x, int c) {
        var count = Math.min(TILE, map.width() - x);
        var others = Math.min(TILE + 1, map.width() - x);
        multiply(y, x, count, y, x, others, c);
        for (var i = 0; i < count; i++) {
            var p = y * map.width() + x + i;
            self[p] += products[i * ROW + i];
            if (x + i + 1 < map.width()) {
                beside[p] += products[i * ROW + i + 1];
            }
        }
    }

    private void nextRow(int y, int x, int c) {
        var count = Math.min(TILE, map.width() - x);
        var first = Math.max(0, x - 1);
        var others = Math.min(x + TILE + 1, map.width()) - first;
        multiply(y, x, count, y + 1, first, others, c);
        for (var i = 0; i < count; i++) {
            var p = y * map.width() + x + i;
            var at = i * ROW + x - first + i;
            below[p] += products[at];
            if (x + i + 1 < map.width()) {
                falling[p] += products[at + 1];
            }
            if (x + i > 0) {
                rising[p - 1] += products[at - 1];
            }
        }
    }

    private void multiply(int y, int x, int count, int otherY, int otherX, int others, int c) {
        var channels = map.channels();
        left.position(((long) y * map.width() + x) * channels + c);
        right.position(((long) otherY * map.width() + otherX) * channels + c);
        Blas.multiply(
                true,
                count,
                others,
                Math.min(CHANNELS, channels - c),
                left,
                channels,
                right,
                channels,
                0,
                tilePointer,
                ROW);
        tile.get(0, products);
    }

    private void addRow(double[] norms, int y) {
        var columns = bilinear.columns();
        var upper = bilinear.rows().lower(y) * map.width();
        var lower = bilinear.rows().upper(y) * map.width();
        double top = bilinear.rows().lowerWeight(y);
        double bottom = bilinear.rows().upperWeight(y);
        var at = y * columns.to();
        for (var x = 0; x < columns.to(); x++) {
            var l = columns.lower(x);
            var r = columns.upper(x);
            double a = columns.lowerWeight(x);
            double b = columns.upperWeight(x);
            // A weight of 0 goes with a neighbour beyond the edge, whose products are not there and count for nothing.
            var above = a * a * self[upper + l] + b * b * self[upper + r] + 2 * a * b * beside[upper + l];
            var under = a * a * self[lower + l] + b * b * self[lower + r] + 2 * a * b * beside[lower + l];
            var across = a * a * below[upper + l]
                    + b * b * below[upper + r]
                    + a * b * (falling[upper + l] + rising[upper + l]);
            norms[at + x] += top * top * above + bottom * bottom * under + 2 * top * bottom * across;
        }
    }
}

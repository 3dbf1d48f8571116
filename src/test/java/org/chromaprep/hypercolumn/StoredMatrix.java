package org.chromaprep.hypercolumn;

import java.util.Arrays;
import java.util.List;

/**
 * A hypercolumn matrix that is stored in double precision, with the plainest loops there are: a reference for tests.
 *
 * @param values row by row
 */
public record StoredMatrix(Grid grid, int features, double[] values) implements HypercolumnMatrix {
    /** A matrix of any grid. */
    public static StoredMatrix of(Grid grid, int features, float... rows) {
        var values = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            values[i] = rows[i];
        }
        return new StoredMatrix(grid, features, values);
    }

    /** A matrix whose pixels lie side by side. */
    public static StoredMatrix of(int features, float... rows) {
        return of(new Grid(rows.length / features, 1), features, rows);
    }

    /** The matrix as the papers write it: every map enlarged to the grid, and all of them put together. */
    public static StoredMatrix enlarged(Grid grid, List<FeatureMap> maps) {
        var features = maps.stream().mapToInt(FeatureMap::channels).sum();
        var values = new double[grid.pixels() * features];
        var offset = 0;
        for (var map : maps) {
            for (int y = 0; y < grid.height(); y++) {
                for (int x = 0; x < grid.width(); x++) {
                    for (int c = 0; c < map.channels(); c++) {
                        values[(y * grid.width() + x) * features + offset + c] = enlarged(map, grid, y, x, c);
                    }
                }
            }
            offset += map.channels();
        }
        return new StoredMatrix(grid, features, values);
    }

    private static double enlarged(FeatureMap map, Grid grid, int y, int x, int c) {
        var sy = clamp((y + 0.5) * map.height() / grid.height() - 0.5, map.height());
        var sx = clamp((x + 0.5) * map.width() / grid.width() - 0.5, map.width());
        var y0 = (int) sy;
        var x0 = (int) sx;
        var sum = 0.0;
        for (int dy = 0; dy < 2; dy++) {
            for (int dx = 0; dx < 2; dx++) {
                var weight = (dy == 0 ? 1 - (sy - y0) : sy - y0) * (dx == 0 ? 1 - (sx - x0) : sx - x0);
                if (weight > 0) {
                    sum += weight * map.values().get(((y0 + dy) * map.width() + x0 + dx) * map.channels() + c);
                }
            }
        }
        return sum;
    }

    private static double clamp(double position, int size) {
        return Math.min(Math.max(position, 0), size - 1);
    }

    /** One number. */
    public double at(int pixel, int feature) {
        return values[pixel * features + feature];
    }

    @Override
    public void times(float[] v, int columns, float[] planes) {
        for (int j = 0; j < columns; j++) {
            for (int i = 0; i < grid.pixels(); i++) {
                var sum = 0.0;
                for (int f = 0; f < features; f++) {
                    sum += at(i, f) * v[j * features + f];
                }
                planes[j * grid.pixels() + i] = (float) sum;
            }
        }
    }

    @Override
    public void times(float[] v, int[] pixels, int count, float[] plane) {
        for (int i = 0; i < count; i++) {
            var sum = 0.0;
            for (int f = 0; f < features; f++) {
                sum += at(pixels[i], f) * v[f];
            }
            plane[pixels[i]] = (float) sum;
        }
    }

    @Override
    public void totals(HypercolumnTotals totals, float[] v, int columns, float[] planes) {
        new TotalsByProducts().take(this, totals);
        if (columns > 0) {
            times(v, columns, planes);
        }
    }

    @Override
    public int[] layerEnds() {
        return features == 1 ? new int[] {1} : new int[] {features / 2, features};
    }

    @Override
    public boolean isRectified() {
        return Arrays.stream(values).allMatch(value -> value >= 0);
    }

    @Override
    public void transposeTimes(float[] w, int columns, double[] sums) {
        for (int j = 0; j < columns; j++) {
            for (int f = 0; f < features; f++) {
                var sum = 0.0;
                for (int i = 0; i < grid.pixels(); i++) {
                    sum += w[j * grid.pixels() + i] * at(i, f);
                }
                sums[j * features + f] = sum;
            }
        }
    }

    @Override
    public void squaredNorms(double[] norms) {
        for (int i = 0; i < grid.pixels(); i++) {
            norms[i] = 0;
            for (int f = 0; f < features; f++) {
                norms[i] += at(i, f) * at(i, f);
            }
        }
    }

    @Override
    public void gather(int[] pixels, float[] rows) {
        for (int n = 0; n < pixels.length; n++) {
            for (int f = 0; f < features; f++) {
                rows[n * features + f] = (float) at(pixels[n], f);
            }
        }
    }
}

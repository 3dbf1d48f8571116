package org.chromaprep.hypercolumn;

import java.util.List;
import java.util.SplittableRandom;

/** The hypercolumn matrix as the papers write it, enlarged and concatenated in double precision: a reference for tests. */
final class StoredMatrix {
    final int pixels;
    final int features;
    final double[] values;

    StoredMatrix(Grid grid, List<FeatureMap> maps) {
        pixels = grid.pixels();
        features = maps.stream().mapToInt(FeatureMap::channels).sum();
        values = new double[pixels * features];
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

    double at(int pixel, int feature) {
        return values[pixel * features + feature];
    }

    /** A map of random numbers, half of them zero as after a ReLU. */
    static FeatureMap randomMap(String layer, int height, int width, int channels, SplittableRandom random) {
        var map = FeatureMap.allocate(layer, height, width, channels);
        for (int i = 0; i < height * width * channels; i++) {
            map.values().put(i, (float) Math.max(0, random.nextDouble(-1, 1)));
        }
        return map;
    }
}

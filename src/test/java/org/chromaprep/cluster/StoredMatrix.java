package org.chromaprep.cluster;

import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;

/** A hypercolumn matrix that is stored, with the plainest loops there are. */
record StoredMatrix(Grid grid, int features, float[] rows) implements HypercolumnMatrix {
    static StoredMatrix of(int features, float... rows) {
        return new StoredMatrix(new Grid(rows.length / features, 1), features, rows);
    }

    float at(int pixel, int feature) {
        return rows[pixel * features + feature];
    }

    @Override
    public void times(float[] v, int columns, float[] planes) {
        for (var j = 0; j < columns; j++) {
            for (var i = 0; i < grid.pixels(); i++) {
                var sum = 0.0;
                for (var f = 0; f < features; f++) {
                    sum += (double) at(i, f) * v[j * features + f];
                }
                planes[j * grid.pixels() + i] = (float) sum;
            }
        }
    }

    @Override
    public void transposeTimes(float[] w, int columns, double[] sums) {
        for (var j = 0; j < columns; j++) {
            for (var f = 0; f < features; f++) {
                var sum = 0.0;
                for (var i = 0; i < grid.pixels(); i++) {
                    sum += (double) w[j * grid.pixels() + i] * at(i, f);
                }
                sums[j * features + f] = sum;
            }
        }
    }

    @Override
    public void squaredNorms(double[] norms) {
        for (var i = 0; i < grid.pixels(); i++) {
            norms[i] = 0;
            for (var f = 0; f < features; f++) {
                norms[i] += (double) at(i, f) * at(i, f);
            }
        }
    }

    @Override
    public void gather(int[] pixels, float[] out) {
        for (var n = 0; n < pixels.length; n++) {
            System.arraycopy(rows, pixels[n] * features, out, n * features, features);
        }
    }
}

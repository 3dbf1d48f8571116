package org.chromaprep.inspect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.chromaprep.engine.Frames;
import org.chromaprep.engine.NaiveVgg;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.inspect.InspectSettings.Normalisation;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;

/** Every pixel's hypercolumn as a row of a matrix that is stored, in double precision and by the book. */
final class StoredHypercolumns {
    private StoredHypercolumns() {}

    static double[][] of(VggWeights weights, List<VggLayer> layers, byte[] luma, Grid grid, Normalisation normalisation) {
        var input = ByteBuffer.allocateDirect(luma.length * 3 * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
        Preprocessing.CAFFE.fromLuma(luma, input);
        var deepest = layers.get(layers.size() - 1);
        var maps = NaiveVgg.forward(weights, deepest, Frames.doubles(input), grid.height(), grid.width());
        var rows = new double[grid.pixels()][layers.stream().mapToInt(VggLayer::channels).sum()];
        int first = 0;
        for (var layer : layers) {
            var map = maps.get(layer);
            var divisor = normalisation == Normalisation.LAYER ? rms(map) : 1;
            for (int pixel = 0; pixel < rows.length; pixel++) {
                for (int c = 0; c < layer.channels(); c++) {
                    rows[pixel][first + c] = enlarged(map, layer, c, pixel, grid) / divisor;
                }
            }
            first += layer.channels();
        }
        return rows;
    }

    private static double rms(double[] map) {
        var squares = 0.0;
        for (var value : map) {
            squares += value * value;
        }
        return Math.sqrt(squares / map.length);
    }

    private static double enlarged(double[] map, VggLayer layer, int channel, int pixel, Grid grid) {
        var h = layer.mapSize(grid.height());
        var w = layer.mapSize(grid.width());
        var y = place(pixel / grid.width(), grid.height(), h);
        var x = place(pixel % grid.width(), grid.width(), w);
        var sum = 0.0;
        for (int j = 0; j < h; j++) {
            for (int i = 0; i < w; i++) {
                var weight = Math.max(0, 1 - Math.abs(y - j)) * Math.max(0, 1 - Math.abs(x - i));
                sum += weight * map[(j * w + i) * layer.channels() + channel];
            }
        }
        return sum;
    }

    private static double place(int to, int toSize, int fromSize) {
        return Math.max(0, Math.min(fromSize - 1, (to + 0.5) * fromSize / toSize - 0.5));
    }
}

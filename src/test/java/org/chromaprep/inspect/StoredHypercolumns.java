package org.chromaprep.inspect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.chromaprep.engine.Frames;
import org.chromaprep.engine.NaiveVgg;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.StoredMatrix;
import org.chromaprep.inspect.InspectSettings.Normalisation;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;

/** Every pixel's hypercolumn as a row of a matrix that is stored, from a network in double precision. */
final class StoredHypercolumns {
    private StoredHypercolumns() {}

    static double[][] of(
            VggWeights weights, List<VggLayer> layers, byte[] luma, Grid grid, Normalisation normalisation) {
        var input = ByteBuffer.allocateDirect(luma.length * 3 * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        Preprocessing.CAFFE.fromLuma(luma, input);
        var deepest = layers.get(layers.size() - 1);
        var outputs = NaiveVgg.forward(weights, deepest, Frames.doubles(input), grid.height(), grid.width());
        var maps = layers.stream()
                .map(layer -> map(layer, outputs.get(layer), grid, normalisation))
                .toList();
        var stored = StoredMatrix.enlarged(grid, maps);
        var rows = new double[grid.pixels()][];
        for (int pixel = 0; pixel < rows.length; pixel++) {
            rows[pixel] =
                    Arrays.copyOfRange(stored.values(), pixel * stored.features(), (pixel + 1) * stored.features());
        }
        return rows;
    }

    private static FeatureMap map(VggLayer layer, double[] output, Grid grid, Normalisation normalisation) {
        var rms = Math.sqrt(
                Arrays.stream(output).map(value -> value * value).average().orElseThrow());
        var divisor = normalisation == Normalisation.LAYER ? rms : 1;
        var map = FeatureMap.allocate(
                layer.layerName(), layer.mapSize(grid.height()), layer.mapSize(grid.width()), layer.channels());
        for (int i = 0; i < output.length; i++) {
            map.values().put(i, (float) (output[i] / divisor));
        }
        return map;
    }
}

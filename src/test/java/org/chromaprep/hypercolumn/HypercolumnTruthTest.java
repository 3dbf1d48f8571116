package org.chromaprep.hypercolumn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.chromaprep.TruthArrays;
import org.junit.jupiter.api.Test;

/** Against hypercolumns computed in float64 by another program from maps of a whole VGG-16. */
class HypercolumnTruthTest {
    private static List<FeatureMap> maps() {
        var maps = new ArrayList<FeatureMap>();
        for (var layer : List.of("l3", "l8", "l15", "l22", "l29")) {
            var array = TruthArrays.read("frame150_caffe_maps.npz", layer);
            var map = FeatureMap.allocate(
                    layer,
                    array.shape().get(1),
                    array.shape().get(2),
                    array.shape().get(0));
            for (var c = 0; c < map.channels(); c++) {
                for (var p = 0; p < map.positions(); p++) {
                    map.values().put(p * map.channels() + c, array.values()[c * map.positions() + p]);
                }
            }
            maps.add(map);
        }
        return maps;
    }

    @Test
    void rowsNormsAndProductsEqualTheReference() {
        var matrix = new MapHypercolumnMatrix(new Grid(224, 224), maps());
        var expected =
                TruthArrays.read("frame150_caffe_hypercolumns.npz", "halfpixel").values();
        var yx =
                TruthArrays.read("frame150_caffe_hypercolumns.npz", "pixels_yx").values();
        var features = matrix.features();
        var pixels = new int[yx.length / 2];
        for (var i = 0; i < pixels.length; i++) {
            pixels[i] = (int) (yx[2 * i] * 224 + yx[2 * i + 1]);
        }
        var rows = new float[expected.length];
        matrix.gather(pixels, rows);
        var norms = new double[224 * 224];
        matrix.squaredNorms(norms);
        var v = new float[features];
        for (var f = 0; f < features; f++) {
            v[f] = (float) Math.sin(f);
        }
        var plane = new float[224 * 224];
        matrix.times(v, 1, plane);
        for (var i = 0; i < pixels.length; i++) {
            var norm = 0.0;
            var product = 0.0;
            for (var f = 0; f < features; f++) {
                double x = expected[i * features + f];
                assertThat((double) rows[i * features + f]).isCloseTo(x, within(3e-7 * Math.max(1, Math.abs(x))));
                norm += x * x;
                product += x * v[f];
            }
            assertThat(norms[pixels[i]]).isCloseTo(norm, within(5e-7 * norm));
            assertThat((double) plane[pixels[i]]).isCloseTo(product, within(1e-6 * Math.sqrt(norm * features / 2)));
        }
    }
}

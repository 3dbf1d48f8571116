package org.chromaprep.inspect;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chromaprep.api.PictureMaps;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.MapHypercolumnMatrix;
import org.chromaprep.inspect.InspectSettings.Normalisation;
import org.chromaprep.vgg.VggLayer;

/** Hypercolumn matrices over chosen layers of one frame. Reads the frame's maps; used by one thread. */
final class Hypercolumns {
    private final PictureMaps maps;
    private final Grid grid;
    private final Normalisation normalisation;
    private final Map<VggLayer, FeatureMap> scaled = new TreeMap<>();

    Hypercolumns(PictureMaps maps, Grid grid, Normalisation normalisation) {
        this.maps = maps;
        this.grid = grid;
        this.normalisation = normalisation;
    }

    /** The matrix over layers, normalised as asked. */
    HypercolumnMatrix over(List<VggLayer> layers) {
        return new MapHypercolumnMatrix(grid, layers.stream().map(this::map).toList());
    }

    private FeatureMap map(VggLayer layer) {
        return normalisation == Normalisation.NONE
                ? maps.map(layer)
                : scaled.computeIfAbsent(layer, each -> scaled(maps.map(each)));
    }

    /** A copy of native size, divided by its root mean square; a map of zeros stays one. */
    private static FeatureMap scaled(FeatureMap map) {
        var numbers = new float[map.positions() * map.channels()];
        map.values().get(0, numbers);
        var rms = Statistics.of(map).rms();
        var factor = rms > 0 ? (float) (1 / rms) : 1;
        for (var i = 0; i < numbers.length; i++) {
            numbers[i] *= factor;
        }
        var copy = FeatureMap.allocate(map.layer(), map.height(), map.width(), map.channels());
        copy.values().put(0, numbers);
        return copy;
    }
}

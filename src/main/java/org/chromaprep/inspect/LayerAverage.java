package org.chromaprep.inspect;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.chromaprep.vgg.VggLayer;

/**
 * Each pixel's hypercolumn over a group of layers, averaged over its features.
 *
 * @param layers the group's names
 * @param features of a hypercolumn over the group
 * @param average a mean activation for each grid pixel
 */
public record LayerAverage(List<String> layers, int features, Plane average) {
    /** X V with a column of equal numbers. */
    static LayerAverage of(Hypercolumns hypercolumns, List<VggLayer> group) {
        var x = hypercolumns.over(group);
        var equal = new float[x.features()];
        Arrays.fill(equal, 1f / x.features());
        var plane = new float[x.grid().pixels()];
        x.times(equal, 1, plane);
        var names = group.stream().map(VggLayer::layerName).toList();
        var name = "average-" + group.stream().map(VggLayer::layerName).collect(Collectors.joining("-"));
        return new LayerAverage(names, x.features(), new Plane(name, x.grid(), plane));
    }
}

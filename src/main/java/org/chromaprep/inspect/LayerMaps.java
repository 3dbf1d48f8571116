package org.chromaprep.inspect;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.MapHypercolumnMatrix;
import org.chromaprep.vgg.VggLayer;

/**
 * A layer's feature maps.
 *
 * @param layer its name
 * @param kerasIndex its place in the article's model
 * @param height rows at native resolution
 * @param width columns at native resolution
 * @param channels how many maps
 * @param statistics of all its numbers
 * @param strongest the channels with the greatest means, greatest first
 */
public record LayerMaps(
        String layer,
        int kerasIndex,
        int height,
        int width,
        int channels,
        Statistics statistics,
        List<Channel> strongest) {
    /** How many channels count as the strongest. */
    public static final int STRONGEST = 8;

    /**
     * One channel of a layer.
     *
     * @param channel its number, from 0
     * @param mean of its numbers
     * @param max of its numbers
     * @param map at native resolution
     * @param enlarged bilinearly to the grid, as in hypercolumns
     */
    public record Channel(
            int channel,
            double mean,
            double max,
            @JsonIgnore Plane map,
            @JsonIgnore Plane enlarged) {}

    static LayerMaps of(VggLayer layer, FeatureMap map, Grid grid) {
        var statistics = Statistics.of(map);
        var order = Comparator.comparingDouble((Integer c) -> -statistics.channelMeans()[c]);
        var strongest = IntStream.range(0, map.channels())
                .boxed()
                .sorted(order)
                .limit(STRONGEST)
                .map(c -> channel(map, c, grid))
                .toList();
        return new LayerMaps(
                layer.layerName(),
                layer.kerasIndex(),
                map.height(),
                map.width(),
                map.channels(),
                statistics,
                strongest);
    }

    /** One channel at native resolution and enlarged: X times a unit vector. */
    static Channel channel(FeatureMap map, int channel, Grid grid) {
        var values = new float[map.positions()];
        for (var position = 0; position < values.length; position++) {
            values[position] = map.values().get(position * map.channels() + channel);
        }
        var unit = new float[map.channels()];
        unit[channel] = 1;
        var enlarged = new float[grid.pixels()];
        new MapHypercolumnMatrix(grid, List.of(map)).times(unit, 1, enlarged);
        var name = "map-" + map.layer() + "-" + channel;
        var plane = new Plane(name, new Grid(map.height(), map.width()), values);
        return new Channel(channel, plane.mean(), plane.max(), plane, new Plane(name + "-enlarged", grid, enlarged));
    }
}

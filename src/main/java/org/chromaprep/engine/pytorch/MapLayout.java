package org.chromaprep.engine.pytorch;

import java.util.ArrayList;
import java.util.List;
import org.chromaprep.hypercolumn.Grid;

/**
 * Where the layers' maps lie in one buffer for a frame, and in the hypercolumn. Maps of the same native size share one
 * enlargement.
 *
 * @param grid the pixel grid of the hypercolumns
 * @param layers in hypercolumn order
 * @param sizes the native sizes, in the order of their first layers
 */
record MapLayout(Grid grid, List<Layer> layers, List<Size> sizes) {
    /**
     * A layer's map.
     *
     * @param place in the hypercolumn, from 0
     * @param firstFeature of the layer in the hypercolumn
     * @param offset of its first number in the buffer
     */
    record Layer(int place, int height, int width, int channels, int firstFeature, long offset) {
        long numbers() {
            return (long) height * width * channels;
        }
    }

    /**
     * A native size.
     *
     * @param identity whether it is the grid's, so that nothing is enlarged
     * @param firstRow where its rows begin when the rows of all sizes that are enlarged lie one after another; 0 for the
     *     grid's own size
     * @param layers of this size, at least one
     */
    record Size(int height, int width, boolean identity, int firstRow, List<Layer> layers) {
        int positions() {
            return height * width;
        }
    }

    /**
     * @param shapes height, width and channels of each map, in hypercolumn order
     */
    static MapLayout of(Grid grid, List<int[]> shapes) {
        var layers = new ArrayList<Layer>();
        var feature = 0;
        var offset = 0L;
        for (var shape : shapes) {
            var layer = new Layer(layers.size(), shape[0], shape[1], shape[2], feature, offset);
            layers.add(layer);
            feature += shape[2];
            offset += layer.numbers();
        }
        return new MapLayout(grid, List.copyOf(layers), sizes(grid, layers));
    }

    private static List<Size> sizes(Grid grid, List<Layer> layers) {
        var sizes = new ArrayList<Size>();
        var row = 0;
        for (var layer : layers) {
            if (sizes.stream().noneMatch(size -> isOf(layer, size.height(), size.width()))) {
                var identity = isOf(layer, grid.height(), grid.width());
                sizes.add(new Size(
                        layer.height(),
                        layer.width(),
                        identity,
                        identity ? 0 : row,
                        layers.stream()
                                .filter(each -> isOf(each, layer.height(), layer.width()))
                                .toList()));
                row += identity ? 0 : layer.height();
            }
        }
        return List.copyOf(sizes);
    }

    private static boolean isOf(Layer layer, int height, int width) {
        return layer.height() == height && layer.width() == width;
    }

    /** Features of a hypercolumn. */
    int features() {
        return layers.stream().mapToInt(Layer::channels).sum();
    }

    /** Numbers of all maps of a frame. */
    long numbers() {
        return layers.stream().mapToLong(Layer::numbers).sum();
    }

    /** Rows of all sizes that are enlarged; 0 if there is none. */
    int stackedRows() {
        return enlarged().stream().mapToInt(Size::height).sum();
    }

    /** The sizes that differ from the grid's. */
    List<Size> enlarged() {
        return sizes.stream().filter(size -> !size.identity()).toList();
    }

    /** Whether a map has the grid's size. */
    boolean hasIdentity() {
        return sizes.stream().anyMatch(Size::identity);
    }

    /** Rows of the highest map. */
    int mostRows() {
        return layers.stream().mapToInt(Layer::height).max().orElseThrow();
    }
}

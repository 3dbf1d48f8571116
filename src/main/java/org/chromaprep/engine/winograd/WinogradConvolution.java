package org.chromaprep.engine.winograd;

import static org.chromaprep.engine.winograd.Transforms.PLACES;
import static org.chromaprep.engine.winograd.Transforms.TILE;

import java.util.List;
import java.util.Optional;
import org.chromaprep.engine.pytorch.ConvolutionShape;
import org.chromaprep.engine.pytorch.OneDnn;
import org.chromaprep.engine.pytorch.PackedConvolution;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;

/**
 * A 3x3 convolution with bias and ReLU for maps of one size, with its kernels transformed. Tiles, of several frames where they are
 * given together, are computed in bands of whole rows of tiles.
 *
 * <p>Shared by all workers, which only read it; whoever made it closes it.
 */
final class WinogradConvolution implements AutoCloseable {
    /** Transformed patches and products of a band: they stay in the cache from one to the other. */
    private static final long BAND_BYTES = 4 << 20;
    /** With fewer tiles in a band, too much time goes into reading the kernels. */
    private static final int LEAST_TILES = 98;
    /** A frame with fewer tiles is better computed together with others, which then share the reading of the kernels. */
    private static final int ALONE_TILES = 196;

    private final int inputs;
    private final int outputs;
    private final int tileRows;
    private final int tilesInRow;
    private final int bandRows;
    private final PackedConvolution products;
    private final float[] bias;

    /**
     * @param height rows of the map
     * @param width columns of the map
     * @param frames that are computed together at most
     */
    WinogradConvolution(
            OneDnn oneDnn, VggLayer layer, VggWeights.LayerWeights weights, int height, int width, int frames) {
        this.inputs = layer.inputChannels();
        this.outputs = layer.channels();
        this.tileRows = PhaseMap.tiles(height);
        this.tilesInRow = PhaseMap.tiles(width);
        this.bandRows = bandRows(layer, width, frames * tileRows);
        var shape = new ConvolutionShape(
                PLACES, PLACES * inputs, PLACES * outputs, 1, 1, bandRows * tilesInRow, 0, 0, false);
        try (var kernels = TransformedKernels.of(weights.kernel(), inputs, outputs)) {
            this.products = new PackedConvolution(oneDnn, shape, kernels, Optional.empty());
        }
        this.bias = Strip.one();
        for (var tile = 0; tile < PhaseMap.stripTiles(outputs); tile++) {
            System.arraycopy(weights.bias(), 0, bias, tile * outputs, outputs);
        }
    }

    // As few bands as may be, of equal size, so that the last one is nearly full.
    private static int bandRows(VggLayer layer, int width, int rows) {
        var tilesInRow = PhaseMap.tiles(width);
        var rowBytes = rowBytes(layer, width);
        var most = Math.max(BAND_BYTES / rowBytes, (LEAST_TILES + tilesInRow - 1) / tilesInRow);
        var bands = (int) ((rows + most - 1) / most);
        return (rows + bands - 1) / bands;
    }

    private static long rowBytes(VggLayer layer, int width) {
        return (long) PLACES * PhaseMap.tiles(width) * (layer.inputChannels() + layer.channels()) * Float.BYTES;
    }

    /**
     * Bytes of the transformed patches of a band and of its products.
     *
     * @param height rows of the map
     * @param width columns of the map
     * @param frames that are computed together at most
     */
    static long bandBytes(VggLayer layer, int height, int width, int frames) {
        return bandRows(layer, width, frames * PhaseMap.tiles(height)) * rowBytes(layer, width);
    }

    /** Whether a map is so small that several frames are better computed together. */
    static boolean isSmall(int height, int width) {
        return PhaseMap.tiles(height) * PhaseMap.tiles(width) < ALONE_TILES;
    }

    /** Numbers of the transformed patches of a band. */
    long patchNumbers() {
        return (long) bandRows * tilesInRow * PLACES * inputs;
    }

    /** The products in the middle, from transformed patches. */
    PackedConvolution products() {
        return products;
    }

    /**
     * Computes maps.
     *
     * @param from a map a frame
     * @param source makes the rows of those maps
     * @param to as many outputs
     * @param space of this thread
     * @param patches memory for {@link #products}, of this thread
     */
    void run(
            List<PhaseMap> from, RowSource source, List<LayerOutput> to, Space space, PackedConvolution.Input patches) {
        var rows = from.size() * tileRows;
        for (var band = 0; band < rows; band += bandRows) {
            var first = band;
            var until = Math.min(rows, band + bandRows);
            for (var row = first; row < until; row++) {
                source.makeUntil((row % tileRows + 1) * TILE + 1);
                space.patches.transform(
                        from.get(row / tileRows), row % tileRows, patches.numbers(), (row - first) * tilesInRow);
            }
            // A band that is not full is multiplied as if it were: oneDNN's order
            // of the kernels suits one number of tiles only.
            products.apply(patches, sums -> {
                for (var row = first; row < until; row++) {
                    space.tiles.transform(
                            sums, (row - first) * tilesInRow, bias, row % tileRows, to.get(row / tileRows));
                }
            });
        }
    }

    @Override
    public void close() {
        products.close();
    }

    /** Scratch memory of one thread for all layers. */
    static final class Space {
        private final PatchTransform patches = new PatchTransform();
        private final TileTransform tiles = new TileTransform();
    }
}

package org.chromaprep.engine.winograd;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.chromaprep.engine.pytorch.PackedConvolution;
import org.chromaprep.hypercolumn.FeatureMap;

/**
 * The first layer's rows of one frame after another, made as the second layer asks for them, so that they are still in the cache
 * then. One thread; whoever made it closes it.
 */
final class FirstRows implements RowSource, AutoCloseable {
    private static final int INPUT_CHANNELS = 3;

    private final FirstConvolution layer;
    private final PhaseMap rows;
    /** The network's input between two rows of zeros. */
    private final FloatPointer padded;

    private final FloatBuffer frame;
    private final List<PackedConvolution.Input> bands = new ArrayList<>();
    private Optional<FeatureMap> wanted = Optional.empty();
    private int made;

    /**
     * @param rows receives the map; it must have place for a band and what the second layer reads at a time
     */
    FirstRows(FirstConvolution layer, PhaseMap rows) {
        this.layer = layer;
        this.rows = rows;
        var row = layer.width() * INPUT_CHANNELS;
        this.padded = new FloatPointer((long) (layer.height() + 2) * row);
        padded.zero();
        this.frame =
                padded.getPointer(row).capacity((long) layer.height() * row).asBuffer();
        for (var y = 0; y < layer.height(); y += layer.bandRows()) {
            bands.add(layer.convolution().input(padded.getPointer((long) first(y) * row)));
        }
    }

    // All bands have one size, so the last may begin with rows of the one before it.
    private int first(int y) {
        return Math.min(y, layer.height() - layer.bandRows());
    }

    /**
     * Takes a frame.
     *
     * @param input the network's input
     * @param map receives the whole map, if it is wanted
     */
    void begin(FloatBuffer input, Optional<FeatureMap> map) {
        frame.put(0, input, 0, layer.height() * layer.width() * INPUT_CHANNELS);
        wanted = map;
        made = 0;
    }

    @Override
    public void makeUntil(int until) {
        while (made < Math.min(until, layer.height())) {
            var first = first(made);
            layer.convolution().apply(bands.get(made / layer.bandRows()), map -> take(map, first));
            made = first + layer.bandRows();
        }
    }

    private void take(FloatBuffer map, int first) {
        for (var y = 0; y < layer.bandRows(); y++) {
            rows.read(first + y, map, y * rows.width() * rows.channels());
            if (wanted.isPresent()) {
                rows.write(first + y, wanted.get());
            }
        }
    }

    @Override
    public void close() {
        bands.forEach(PackedConvolution.Input::close);
        padded.close();
    }
}

package org.chromaprep.engine;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.HypercolumnTotals;
import org.chromaprep.hypercolumn.TotalsByProducts;
import org.chromaprep.vgg.VggLayer;

/**
 * No engine: a grid of pixels whose hypercolumns have no features, for data that is made of pictures and colours alone. Costs
 * nothing and needs no weights.
 *
 * @param plan an empty one
 */
public record WithoutNetwork(NetworkPlan plan) implements Engine {
    private static final EngineDescription DESCRIPTION = new EngineDescription(
            "none", "0", Device.CPU.optionName(), Precision.FP32.optionName(), "none", 1, List.of());

    /**
     * @throws IllegalArgumentException if the plan has a layer
     */
    public WithoutNetwork {
        if (!plan.isEmpty()) {
            throw new IllegalArgumentException("Layers need a network to compute them; choose an engine.");
        }
    }

    @Override
    public EngineDescription description() {
        return DESCRIPTION;
    }

    @Override
    public FrameFeatures newFrameFeatures(Grid grid) {
        return new NoFeatures(new NoColumns(grid));
    }

    @Override
    public ForwardWorker newWorker() {
        return new ForwardWorker() {
            @Override
            public void forward(FloatBuffer input, FrameFeatures output) {}

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}

    private record NoFeatures(HypercolumnMatrix matrix) implements FrameFeatures {
        @Override
        public FeatureMap map(VggLayer layer) {
            throw new IllegalArgumentException(
                    "There is no network to compute " + layer.layerName() + "; choose it as a layer.");
        }

        @Override
        public void close() {}
    }

    /** A matrix of rows without columns: its products are zero. */
    private record NoColumns(Grid grid) implements HypercolumnMatrix {
        @Override
        public int features() {
            return 0;
        }

        @Override
        public void times(float[] v, int columns, float[] planes) {
            Arrays.fill(planes, 0, columns * grid.pixels(), 0);
        }

        @Override
        public void transposeTimes(float[] w, int columns, double[] sums) {}

        @Override
        public void squaredNorms(double[] norms) {
            Arrays.fill(norms, 0, grid.pixels(), 0);
        }

        @Override
        public void times(float[] v, int[] pixels, int count, float[] plane) {
            for (var i = 0; i < count; i++) {
                plane[pixels[i]] = 0;
            }
        }

        @Override
        public void totals(HypercolumnTotals totals, float[] v, int columns, float[] planes) {
            new TotalsByProducts().take(this, totals);
            times(v, columns, planes);
        }

        @Override
        public int[] layerEnds() {
            return new int[0];
        }

        @Override
        public boolean isRectified() {
            return false;
        }

        @Override
        public void gather(int[] pixels, float[] rows) {}
    }
}

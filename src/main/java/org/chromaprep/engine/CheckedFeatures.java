package org.chromaprep.engine;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.chromaprep.hypercolumn.Crew;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.HypercolumnTotals;
import org.chromaprep.hypercolumn.LloydRun;
import org.chromaprep.hypercolumn.LloydSettings;
import org.chromaprep.hypercolumn.LloydStart;
import org.chromaprep.natives.OpenState;
import org.chromaprep.vgg.VggLayer;

/** Features that are not used after their end or their engine's; nor is the matrix over them. */
final class CheckedFeatures implements FrameFeatures {
    private final FrameFeatures features;
    private final OpenState engine;
    private final OpenState state = new OpenState("The memory of these feature maps");
    private final HypercolumnMatrix matrix;

    CheckedFeatures(FrameFeatures features, OpenState engine) {
        this.features = features;
        this.engine = engine;
        this.matrix = new Matrix(features.matrix());
    }

    /** The engine's own features, to be written to. */
    static FrameFeatures opened(FrameFeatures output) {
        if (output instanceof CheckedFeatures checked) {
            checked.check();
            return checked.features;
        }
        return output;
    }

    private void check() {
        state.check();
        engine.check();
    }

    @Override
    public HypercolumnMatrix matrix() {
        check();
        return matrix;
    }

    @Override
    public FeatureMap map(VggLayer layer) {
        check();
        return features.map(layer);
    }

    @Override
    public void expect(int[] pixels) {
        check();
        features.expect(pixels);
    }

    @Override
    public long gatherHalves(int[] pixels, ByteBuffer into) {
        check();
        return features.gatherHalves(pixels, into);
    }

    @Override
    public long mapHalves(VggLayer layer, ByteBuffer into) {
        check();
        return features.mapHalves(layer, into);
    }

    @Override
    public void close() {
        if (state.close()) {
            features.close();
        }
    }

    private final class Matrix implements HypercolumnMatrix {
        private final HypercolumnMatrix inner;

        Matrix(HypercolumnMatrix inner) {
            this.inner = inner;
        }

        @Override
        public Grid grid() {
            return inner.grid();
        }

        @Override
        public int features() {
            return inner.features();
        }

        @Override
        public void use(Crew helpers) {
            inner.use(helpers);
        }

        @Override
        public void times(float[] v, int columns, float[] planes) {
            check();
            inner.times(v, columns, planes);
        }

        @Override
        public void transposeTimes(float[] w, int columns, double[] sums) {
            check();
            inner.transposeTimes(w, columns, sums);
        }

        @Override
        public void squaredNorms(double[] norms) {
            check();
            inner.squaredNorms(norms);
        }

        @Override
        public void times(float[] v, int[] pixels, int count, float[] plane) {
            check();
            inner.times(v, pixels, count, plane);
        }

        @Override
        public void totals(HypercolumnTotals totals, float[] v, int columns, float[] planes) {
            check();
            inner.totals(totals, v, columns, planes);
        }

        @Override
        public int[] layerEnds() {
            return inner.layerEnds();
        }

        @Override
        public boolean isRectified() {
            return inner.isRectified();
        }

        @Override
        public void gather(int[] pixels, float[] rows) {
            check();
            inner.gather(pixels, rows);
        }

        @Override
        public Optional<LloydRun> lloyd(LloydSettings settings, LloydStart start) {
            check();
            return inner.lloyd(settings, start);
        }
    }
}

package org.chromaprep.engine;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.vgg.VggLayer;

/** Computes as another engine does, and counts the frames' memory and the workers that were made and not closed. Closes the other. */
public final class CountedEngine implements Engine {
    private final Engine engine;
    private final IntConsumer making;
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();

    /**
     * @param making is called with the number of each, from 1, before it is made
     */
    public CountedEngine(Engine engine, IntConsumer making) {
        this.engine = engine;
        this.making = making;
    }

    /** How many were made, or tried. */
    public int made() {
        return made.get();
    }

    /** How many of them were not closed. */
    public int open() {
        return open.get();
    }

    @Override
    public EngineDescription description() {
        return engine.description();
    }

    @Override
    public NetworkPlan plan() {
        return engine.plan();
    }

    @Override
    public int batch() {
        return engine.batch();
    }

    @Override
    public FrameFeatures newFrameFeatures(Grid grid) {
        making.accept(made.incrementAndGet());
        var features = engine.newFrameFeatures(grid);
        open.incrementAndGet();
        return new Features(features);
    }

    @Override
    public ForwardWorker newWorker() {
        making.accept(made.incrementAndGet());
        var worker = engine.newWorker();
        open.incrementAndGet();
        return new ForwardWorker() {
            @Override
            public void abandonWhen(BooleanSupplier unwanted) {
                worker.abandonWhen(unwanted);
            }

            @Override
            public void forward(FloatBuffer input, FrameFeatures output) {
                worker.forward(input, ((Features) output).inner);
            }

            @Override
            public void forward(List<FloatBuffer> inputs, List<FrameFeatures> outputs) {
                worker.forward(
                        inputs,
                        outputs.stream().map(each -> ((Features) each).inner).toList());
            }

            @Override
            public void close() {
                open.decrementAndGet();
                worker.close();
            }
        };
    }

    @Override
    public void close() {
        engine.close();
    }

    private final class Features implements FrameFeatures {
        private final FrameFeatures inner;

        Features(FrameFeatures inner) {
            this.inner = inner;
        }

        @Override
        public HypercolumnMatrix matrix() {
            return inner.matrix();
        }

        @Override
        public FeatureMap map(VggLayer layer) {
            return inner.map(layer);
        }

        @Override
        public void expect(int[] pixels) {
            inner.expect(pixels);
        }

        @Override
        public long gatherHalves(int[] pixels, ByteBuffer into) {
            return inner.gatherHalves(pixels, into);
        }

        @Override
        public long mapHalves(VggLayer layer, ByteBuffer into) {
            return inner.mapHalves(layer, into);
        }

        @Override
        public void close() {
            open.decrementAndGet();
            inner.close();
        }
    }
}

package org.chromaprep.inspect;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.chromaprep.api.ChromaPrep;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.NaiveVgg;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.inspect.InspectSettings.Normalisation;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;
import org.chromaprep.video.Fit;
import org.chromaprep.video.FrameTime;
import org.chromaprep.video.Rational;
import org.chromaprep.video.SourceInfo;

/** Small inspections with random weights. */
public final class Samples {
    static final Grid GRID = new Grid(38, 50);
    static final List<VggLayer> LAYERS = List.of(Vgg16.CONV1_2, Vgg16.CONV2_2);
    static final EngineChoice CHOICE = new EngineChoice("auto", "cpu", "fp32", 2);

    private Samples() {}

    static InspectSettings settings(Normalisation normalisation) {
        return new InspectSettings(
                GRID,
                Fit.STRETCH,
                Preprocessing.CAFFE,
                LAYERS,
                List.of(new InspectSettings.MapChoice(Vgg16.CONV2_2, 5)),
                List.of(LAYERS, List.of(Vgg16.POOL1)),
                List.of(4, 2),
                Optional.empty(),
                List.of(7 * 50 + 31, 0),
                normalisation,
                400,
                new KMeansSettings(2, 300, 1e-4, 0));
    }

    static VggWeights weights() {
        return NaiveVgg.randomWeights(11, Vgg16.CONV2_2);
    }

    /** Soft waves and some grain. */
    static byte[] luma(Grid grid) {
        var random = new SplittableRandom(3);
        var luma = new byte[grid.pixels()];
        for (int i = 0; i < luma.length; i++) {
            var x = i % grid.width();
            var y = i / grid.width();
            luma[i] = (byte) (128 + 70 * Math.sin(x / 5.0) * Math.cos(y / 7.0) + random.nextInt(40));
        }
        return luma;
    }

    static PickedFrame frame(String name, Grid grid) {
        var rate = new Rational(25, 1);
        var source = new SourceInfo(
                name,
                "png_pipe",
                "png",
                3,
                2,
                new Rational(1, 1),
                0,
                false,
                rate,
                rate.inverse(),
                0,
                OptionalLong.of(1),
                OptionalDouble.empty(),
                "rgb24",
                "rgb",
                true,
                false,
                false);
        return new PickedFrame(
                source,
                new FrameTime(0, OptionalLong.of(0), 0),
                3,
                2,
                0,
                3,
                2,
                new int[] {0xff0000, 0x00ff00, 0x0000ff, 0, 0x808080, 0xffffff},
                luma(grid));
    }

    /** As the command opens it. */
    static ChromaPrep open(InspectSettings settings, VggWeights weights) {
        return ChromaPrep.builder()
                .engine(CHOICE.engine())
                .device(CHOICE.device())
                .precision(CHOICE.precision())
                .threads(CHOICE.threadsPerWorker())
                .preprocessing(settings.preprocessing())
                .open(Inspector.plan(settings, weights), weights);
    }

    /** Two layers of random weights on a small picture of that name. */
    public static Inspection inspection(String name, Normalisation normalisation) {
        var settings = settings(normalisation);
        var weights = weights();
        try (var chroma = open(settings, weights)) {
            return new Inspector(settings, chroma).inspect(frame(name, GRID));
        }
    }
}

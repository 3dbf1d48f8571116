package org.chromaprep.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chromaprep.engine.Device;
import org.chromaprep.engine.Precision;
import org.chromaprep.engine.pytorch.PytorchEngine;
import org.chromaprep.vgg.RandomWeights;

/** Each step of a frame's way on a graphics card, in each precision. */
final class DeviceSection implements Section {
    private static final int FRAMES = 240;
    /** Frames after which every stage is busy, compiled and recorded. */
    private static final int BEGIN = 96;

    private static final List<Precision> PRECISIONS = List.of(Precision.BF16, Precision.FP16, Precision.FP32);

    @Override
    public String name() {
        return "device";
    }

    /**
     * @throws org.chromaprep.engine.EngineException if there is no graphics card that can be used
     */
    @Override
    public List<Figure> measure() throws Exception {
        var figures = new ArrayList<Figure>();
        var plan = Workload.plan(Workload.SIZE, Workload.SIZE);
        var weights = RandomWeights.of(0, plan.deepest());
        try (var folder = new TemporaryFolder()) {
            var film = Clip.film(folder.path(), FRAMES);
            for (var precision : PRECISIONS) {
                try (var engine = new PytorchEngine(plan, weights, Device.CUDA, precision, 1)) {
                    var own = new FrameFigures(name(), engine);
                    figures.addAll(own.measure());
                    film(engine, own, film, folder.path(), figures);
                }
            }
        }
        figures.addAll(CardVideo.measure(name()));
        return figures;
    }

    private void film(PytorchEngine engine, FrameFigures own, Path film, Path out, List<Figure> figures)
            throws Exception {
        var before = engine.cardUse();
        figures.addAll(own.film(FilmPass.of(engine, 1, film, out, BEGIN, FRAMES, true), "with all outputs"));
        var after = engine.cardUse();
        figures.add(own.figure("copies", (double) (after.copies() - before.copies()) / FRAMES, "a frame"));
        figures.add(own.figure("waits for the card", (double) (after.waits() - before.waits()) / FRAMES, "a frame"));
        figures.add(own.figure("sequences recorded as CUDA graphs", after.recorded(), "in all"));
        figures.add(own.film(FilmPass.of(engine, 1, film, out, BEGIN, FRAMES, false), "without video")
                .get(0));
    }
}

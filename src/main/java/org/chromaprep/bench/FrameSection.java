package org.chromaprep.bench;

import java.util.ArrayList;
import java.util.List;
import org.chromaprep.api.ChromaPrep;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.vgg.RandomWeights;
import org.chromaprep.vgg.VggWeights;

/** Each step of a frame's way on the processor, to be held against those on a card. */
final class FrameSection implements Section {
    private static final int FRAMES = 120;
    private static final int BEGIN = 48;

    @Override
    public String name() {
        return "frame";
    }

    @Override
    public List<Figure> measure() throws Exception {
        var plan = Workload.plan(Workload.SIZE, Workload.SIZE);
        var workers = Runtime.getRuntime().availableProcessors();
        try (var folder = new TemporaryFolder();
                var opened = fastest(plan, RandomWeights.of(0, plan.deepest()))) {
            var engine = opened.engine();
            var figures = new FrameFigures(name(), engine);
            var measured = new ArrayList<>(figures.measure());
            var film = Clip.film(folder.path(), FRAMES);
            measured.addAll(figures.film(
                    FilmPass.of(engine, workers, film, folder.path(), BEGIN, FRAMES, true), "with all outputs"));
            return measured;
        }
    }

    private static ChromaPrep fastest(NetworkPlan plan, VggWeights weights) {
        try {
            return Workload.open(new EngineChoice("pytorch", "cpu", "bf16", 1), plan, weights);
        } catch (EngineException slow) {
            return Workload.open(new EngineChoice(EngineChoice.AUTO, "cpu", "fp32", 1), plan, weights);
        }
    }
}

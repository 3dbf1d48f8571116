package org.chromaprep.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.Engines;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.RandomWeights;

/** The network, k-means and the whole pipeline on a graphics card, in each precision. */
final class DeviceSection implements Section {
    private static final int RUNS = 15;
    private static final List<String> PRECISIONS = List.of("fp32", "bf16", "fp16");

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
            var film = Clip.film(folder.path(), PipelineSection.FRAMES);
            for (var precision : PRECISIONS) {
                var choice = new EngineChoice("pytorch", "cuda", precision, 1);
                try (var engine = Engines.open(choice, plan, weights)) {
                    measure(engine, precision, figures);
                }
                new PipelineSection().measure(choice, weights, film, folder.path(), 1).forEach(figure -> figures.add(
                        new Figure(name(), "pipeline, " + figure.what(), figure.value(), figure.unit())));
            }
        }
        return figures;
    }

    private void measure(Engine engine, String precision, List<Figure> figures) {
        var plan = engine.plan();
        var input = Workload.input(plan.height(), plan.width());
        var grid = new Grid(plan.height(), plan.width());
        try (var features = engine.newFrameFeatures(grid); var worker = engine.newWorker()) {
            var inputs = Collections.nCopies(engine.batch(), input);
            var outputs = Collections.nCopies(engine.batch(), features);
            var together = Stopwatch.median(RUNS, () -> worker.forward(inputs, outputs)) / engine.batch();
            figures.add(new Figure(name(), "network, " + precision + ", batch of " + engine.batch(), 1e3 * together, "ms/frame"));
            var alone = Stopwatch.median(RUNS, () -> worker.forward(input, features));
            figures.add(new Figure(name(), "network, " + precision + ", one frame", 1e3 * alone, "ms/frame"));
            figures.add(new Figure(name(), "k-means, k = 2, maps of " + precision,
                    1e3 * ClusterSection.iteration(features.matrix(), 2), "ms/iteration"));
        }
    }
}

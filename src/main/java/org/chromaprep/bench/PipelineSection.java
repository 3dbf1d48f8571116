package org.chromaprep.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.EngineException;
import org.chromaprep.vgg.RandomWeights;
import org.chromaprep.vgg.VggWeights;
import org.chromaprep.video.source.FilmFile;

/**
 * The whole pipeline on a 640x360 film, and its efficiency: frames a second times the network's seconds a frame on one
 * otherwise idle thread, divided by the workers. The network is timed before and after each film, since machines change
 * their pace.
 */
final class PipelineSection implements Section {
    static final int FRAMES = 240;
    /** Frames after which every stage is busy and compiled. */
    private static final int BEGIN = 96;

    private static final int FORWARDS = 11;

    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public List<Figure> measure() throws Exception {
        var figures = new ArrayList<Figure>();
        var weights =
                RandomWeights.of(0, Workload.plan(Workload.SIZE, Workload.SIZE).deepest());
        try (var folder = new TemporaryFolder()) {
            var film = Clip.film(folder.path(), FRAMES);
            for (var choice : ForwardSection.choices()) {
                for (var workers : ForwardSection.workers()) {
                    figures.addAll(measure(choice, weights, film, folder.path(), workers));
                }
            }
        }
        return figures;
    }

    List<Figure> measure(EngineChoice choice, VggWeights weights, Path film, Path folder, int workers)
            throws Exception {
        try (var opened = Workload.open(choice, Workload.plan(Workload.SIZE, Workload.SIZE), weights)) {
            var engine = opened.engine();
            var before = ForwardSection.measure(engine, 1, FORWARDS);
            var first = new AtomicLong();
            var last = new AtomicLong();
            PipelineRun.process(new FilmFile(film), engine, workers, folder, frames -> {
                if (frames == BEGIN) {
                    first.set(System.nanoTime());
                } else if (frames == FRAMES) {
                    last.set(System.nanoTime());
                }
            });
            var after = ForwardSection.measure(engine, 1, FORWARDS);
            var rate = (FRAMES - BEGIN) / ((last.get() - first.get()) / 1e9);
            var what = String.format(
                    Locale.ROOT,
                    "%s %s, %d worker%s",
                    choice.engine(),
                    choice.precision(),
                    workers,
                    workers == 1 ? "" : "s");
            return List.of(
                    new Figure(name(), what, rate, "frames/s"),
                    new Figure(name(), what + ", the network alone", (before + after) / 2 * 1e3, "ms/frame"),
                    new Figure(name(), what + ", efficiency", rate * (before + after) / 2 / workers, "of 1"));
        } catch (EngineException e) {
            return List.of();
        }
    }
}

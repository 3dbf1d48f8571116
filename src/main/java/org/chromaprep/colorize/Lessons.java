package org.chromaprep.colorize;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.learn.Head;
import org.chromaprep.learn.fit.Fit;
import org.chromaprep.learn.fit.FitSettings;

/** Fits an ensemble of heads to a few frames. One thread at a time; the heads are fitted side by side by threads of the caller's. */
final class Lessons {
    /** Heads of an ensemble: as many as are needed to find the frame that they are most uncertain of, and no more. */
    static final int HEADS = 3;
    /** Steps for one known frame, and for more. */
    private static final int STEPS = FitSettings.OF_A_SHOT.steps();

    private static final int MORE_STEPS = STEPS * 3 / 2;

    private final FrameNetwork network;
    private final Grid grid;
    private final ExecutorService threads;
    private final long seed;

    /**
     * @param network stays the caller's
     * @param threads fit the heads; stay the caller's
     * @param seed of the first weights and of the pixels drawn
     */
    Lessons(FrameNetwork network, Grid grid, ExecutorService threads, long seed) {
        this.network = network;
        this.grid = grid;
        this.threads = threads;
        this.seed = seed;
    }

    /**
     * Fits the heads. The same frames and seed give the same heads.
     *
     * @param lessons known ones and others, a known one at least
     * @param cancelled asked at each step
     * @return none if it was cancelled
     * @throws org.chromaprep.learn.fit.FitException if a fit fails
     * @throws InterruptedException if the thread is interrupted
     */
    List<Head> learn(List<Lesson> lessons, BooleanSupplier cancelled) throws InterruptedException {
        var features = new ArrayList<FrameFeatures>();
        try {
            for (var lesson : lessons) {
                features.add(network.forward(lesson.luma()));
            }
            var rows = new LessonRows(
                    grid, lessons, features.stream().map(FrameFeatures::matrix).toList());
            var known = lessons.stream().filter(Lesson::isKnown).count();
            var settings = FitSettings.OF_A_SHOT.withSteps(known == 1 ? STEPS : MORE_STEPS);
            var fits = new ArrayList<Callable<List<Head>>>();
            for (var i = 0; i < HEADS; i++) {
                var own = settings.withSeed(seed * HEADS + i);
                fits.add(() -> fit(rows, own, cancelled));
            }
            var heads = new ArrayList<Head>();
            for (var fitted : threads.invokeAll(fits)) {
                heads.addAll(fitted.get());
            }
            return heads.size() == HEADS ? heads : List.of();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw (Error) e.getCause();
        } finally {
            features.forEach(FrameFeatures::close);
        }
    }

    private static List<Head> fit(LessonRows rows, FitSettings settings, BooleanSupplier cancelled) {
        var fit = new Fit(settings, rows.standardisation(), rows.target());
        var random = new SplittableRandom(settings.seed());
        var inputs = new float[settings.rows() * fit.inputs()];
        var labels = new float[settings.rows() * rows.target().outputs()];
        for (var step = 0; step < settings.steps(); step++) {
            if (cancelled.getAsBoolean()) {
                return List.of();
            }
            rows.draw(random, settings.rows(), inputs, labels);
            fit.step(inputs, labels);
        }
        return List.of(fit.head());
    }
}

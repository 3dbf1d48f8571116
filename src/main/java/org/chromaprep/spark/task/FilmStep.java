package org.chromaprep.spark.task;

import com.codahale.metrics.Timer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.chromaprep.spark.input.InputFilm;
import org.chromaprep.spark.store.StoreException;

/** One thing to be done for a film by an executor. Travels from the driver to there. */
abstract class FilmStep implements Function<Integer, StepReport> {
    private static final long serialVersionUID = 1L;

    private final TaskFacts facts;
    private final InputFilm film;

    FilmStep(TaskFacts facts, InputFilm film) {
        this.facts = facts;
        this.film = film;
    }

    /** What Spark's metrics call it. */
    abstract String what();

    /**
     * Does it.
     *
     * @param number of the part; of no meaning where the step is of the whole film
     */
    abstract StepReport work(FilmDesk desk, int number) throws StoreException, IOException;

    /**
     * Does it, on an executor.
     *
     * @throws RefusedException if this executor cannot, and another one may
     */
    @Override
    public final StepReport call(Integer number) throws Exception {
        var task = TaskContext.get();
        var began = System.nanoTime();
        try (var space = Workspace.open()) {
            return work(new FilmDesk(facts, film, task, space), number);
        } catch (StoreException e) {
            task.killTaskIfInterrupted();
            if (e.kind() == StoreException.Kind.INTERRUPTED) {
                throw e;
            }
            if (e.kind() == StoreException.Kind.DISK) {
                throw new RefusedException(String.valueOf(e.getMessage()));
            }
            return report(e);
        } finally {
            Timer timer = ExecutorState.metrics().timer(what());
            timer.update(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        }
    }

    // A film that is gone or another one is that film's trouble; a store that lets nobody in is everybody's.
    private StepReport report(StoreException e) {
        var ofTheFilm = String.valueOf(e.getMessage()).startsWith(film.address());
        return new StepReport(
                ofTheFilm ? StepReport.INPUT : StepReport.OUTPUT,
                String.valueOf(e.getMessage()),
                0,
                !ofTheFilm && e.isOfTheStore(),
                0,
                0,
                0);
    }
}

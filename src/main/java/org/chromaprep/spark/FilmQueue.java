package org.chromaprep.spark;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.api.java.JavaSparkContext;
import org.chromaprep.spark.input.InputFilm;
import org.chromaprep.spark.store.Store;
import org.chromaprep.spark.task.StepReport;
import org.chromaprep.spark.task.TaskFacts;

/**
 * The films of a job, in their order and so many at a time that all executors have work, even where each film is one part: the more
 * executors come, the more. Used by one thread.
 */
final class FilmQueue {
    private static final int FEWEST = 4;
    private static final int MOST = 4096;

    private final JavaSparkContext spark;
    private final JobLog log;
    private final FilmFlow flow;
    private final ConcurrentLinkedQueue<InputFilm> waiting = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Optional<Throwable> fault = Optional.empty();
    private int lanes;
    private volatile boolean over;

    /** @param failures how often something may fail before its film is given up */
    FilmQueue(JavaSparkContext spark, TaskFacts facts, Store store, JobLog log, int failures) {
        this.spark = spark;
        this.log = log;
        var watch = new TaskWatch(failures, spark::cancelJobGroup, this::grow);
        spark.sc().addSparkListener(watch);
        this.flow = new FilmFlow(spark, facts, store, watch, log);
    }

    /**
     * Processes films.
     *
     * @return the exit code of the job
     */
    int run(List<InputFilm> films) {
        log.begin(films.size());
        waiting.addAll(films);
        grow();
        try {
            awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return StepReport.INTERRUPTED;
        } finally {
            threads.shutdownNow();
        }
        if (!waiting.isEmpty()) {
            log.say(waiting.size() + " films were not begun; the same command continues.");
        }
        var code = log.end();
        return spark.sc().isStopped() ? StepReport.INTERRUPTED : code;
    }

    private synchronized void grow() {
        var executors = spark.sc().statusTracker().getExecutorInfos().length;
        var wanted = Math.max(FEWEST, Math.min(MOST, 2 * executors));
        for (var more = Math.min(wanted - lanes, waiting.size()); more > 0 && !over; more--) {
            lanes++;
            threads.execute(this::lane);
        }
    }

    private synchronized void awaitEnd() throws InterruptedException {
        while (lanes > 0) {
            wait();
        }
        if (fault.isPresent()) {
            throw new IllegalStateException(fault.get());
        }
    }

    private void lane() {
        try {
            for (var film = next(); film.isPresent(); film = next()) {
                var report = flow.run(film.get());
                if (spark.sc().isStopped()) {
                    over = true;
                    return;
                }
                log.ended(film.get(), report);
                over |= report.ofTheStore();
            }
        } catch (RuntimeException | Error e) {
            over = true;
            fail(e);
        } finally {
            left();
        }
    }

    private synchronized void fail(Throwable cause) {
        fault = fault.or(() -> Optional.of(cause));
    }

    private synchronized void left() {
        lanes--;
        notifyAll();
    }

    private Optional<InputFilm> next() {
        return over ? Optional.empty() : Optional.ofNullable(waiting.poll());
    }
}

package org.chromaprep.spark;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.chromaprep.spark.input.InputFilm;
import org.chromaprep.spark.store.Store;
import org.chromaprep.spark.task.StepReport;
import org.chromaprep.spark.task.TaskFacts;

/** The films of a job, so many at a time that all executors have work, in their order. Used by one thread. */
final class FilmQueue {
    private static final int FEWEST = 4;
    private static final int MOST = 1024;

    private final JavaSparkContext spark;
    private final JobLog log;
    private final FilmFlow flow;
    private final ConcurrentLinkedQueue<InputFilm> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    /** @param failures how often something may fail before its film is given up */
    FilmQueue(JavaSparkContext spark, TaskFacts facts, Store store, JobLog log, int failures) {
        this.spark = spark;
        this.log = log;
        var watch = new TaskWatch(failures, spark::cancelJobGroup);
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
        var lanes = Math.max(FEWEST, Math.min(MOST, 2 * spark.defaultParallelism()));
        var threads = Executors.newFixedThreadPool(lanes);
        try {
            var ends = IntStream.range(0, Math.min(lanes, Math.max(1, films.size())))
                    .<Future<?>>mapToObj(lane -> threads.submit(this::lane))
                    .toList();
            for (var end : ends) {
                end.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return StepReport.INTERRUPTED;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
        if (!waiting.isEmpty()) {
            log.say(waiting.size() + " films were not begun; the same command continues.");
        }
        var code = log.end();
        return spark.sc().isStopped() ? StepReport.INTERRUPTED : code;
    }

    private void lane() {
        for (var film = next(); film.isPresent(); film = next()) {
            var report = flow.run(film.get());
            if (spark.sc().isStopped()) {
                over = true;
                return;
            }
            log.ended(film.get(), report);
            over |= report.ofTheStore();
        }
    }

    private Optional<InputFilm> next() {
        return over ? Optional.empty() : Optional.ofNullable(waiting.poll());
    }
}

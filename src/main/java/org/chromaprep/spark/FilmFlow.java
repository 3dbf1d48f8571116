package org.chromaprep.spark;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.chromaprep.spark.input.InputFilm;
import org.chromaprep.spark.store.Store;
import org.chromaprep.spark.store.StoreException;
import org.chromaprep.spark.store.Temporary;
import org.chromaprep.spark.task.FilmKeys;
import org.chromaprep.spark.task.MergeStep;
import org.chromaprep.spark.task.PartStep;
import org.chromaprep.spark.task.PlanStep;
import org.chromaprep.spark.task.StepReport;
import org.chromaprep.spark.task.TaskFacts;

/** One film's way through the cluster: its plan, all its parts at the same time, their merge. Used by one thread. */
final class FilmFlow {
    private final JavaSparkContext spark;
    private final TaskFacts facts;
    private final Store store;
    private final TaskWatch watch;
    private final JobLog log;

    FilmFlow(JavaSparkContext spark, TaskFacts facts, Store store, TaskWatch watch, JobLog log) {
        this.spark = spark;
        this.facts = facts;
        this.store = store;
        this.watch = watch;
        this.log = log;
    }

    /** Processes a film. Whatever fails is in the report. */
    StepReport run(InputFilm film) {
        try {
            var plan = one(film, "plan", new PlanStep(facts, film));
            if (plan.code() != StepReport.OK || plan.parts() == 0) {
                return plan;
            }
            var numbers = IntStream.range(0, plan.parts()).boxed().toList();
            log.parts(film.name(), plan.parts());
            for (var part : all(film, "parts", numbers, new PartStep(facts, film))) {
                if (part.code() != StepReport.OK) {
                    return part;
                }
            }
            var merged = one(film, "merge", new MergeStep(facts, film));
            if (!merged.sentence().isEmpty()
                    && store.length(FilmKeys.manifest(film.name())).isPresent()) {
                clear(film);
            }
            return merged;
        } catch (StoreException e) {
            return failed(StepReport.OUTPUT, String.valueOf(e.getMessage()), e.isOfTheStore());
        } catch (SparkException e) {
            return failed(StepReport.DEVICE, watch.reason(film.name()).orElseGet(() -> firstLine(e)), false);
        }
    }

    private static StepReport failed(int code, String sentence, boolean ofTheStore) {
        return new StepReport(code, sentence, 0, ofTheStore, 0, 0, 0);
    }

    private static String firstLine(SparkException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("Spark gave it up.");
    }

    private StepReport one(InputFilm film, String what, Function<Integer, StepReport> step) throws SparkException {
        return all(film, what, List.of(0), step).get(0);
    }

    private List<StepReport> all(InputFilm film, String what, List<Integer> numbers, Function<Integer, StepReport> step)
            throws SparkException {
        spark.setJobGroup(film.name(), film.name() + ": " + what, false);
        try {
            var reports = spark.parallelize(numbers, numbers.size()).map(step).collect();
            reports.forEach(report -> log.measured(what, report));
            return reports;
        } finally {
            spark.clearJobGroup();
        }
    }

    // Parts are of no use any more, and neither is what lost attempts left: here a listing may say what there is.
    private void clear(InputFilm film) throws StoreException {
        for (var entry : store.list(film.name(), true)) {
            if (entry.key().startsWith(FilmKeys.parts(film.name()) + "/") || Temporary.is(entry.key())) {
                store.delete(entry.key());
            }
        }
        store.local(FilmKeys.parts(film.name())).ifPresent(EmptyFolders::remove);
    }
}

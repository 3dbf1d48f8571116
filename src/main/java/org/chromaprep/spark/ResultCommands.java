package org.chromaprep.spark;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.chromaprep.spark.JobOptions.UsageException;
import org.chromaprep.spark.store.Place;
import org.chromaprep.spark.store.Store;
import org.chromaprep.spark.store.StoreException;
import org.chromaprep.spark.store.Stores;
import org.chromaprep.spark.task.DatasetStep;
import org.chromaprep.spark.task.ResultReport;
import org.chromaprep.spark.task.StepReport;
import org.chromaprep.spark.task.TaskFacts;
import org.chromaprep.spark.task.VerifyStep;

/**
 * What is done with results where they live: {@code verify URI} checks each film by a task, {@code dataset build URI --out URI} packs all of
 * them by one. A listing says which films there may be; what belongs to a film, its manifest says. Used by one thread.
 */
final class ResultCommands {
    private static final String MANIFEST = "manifest.json";
    private static final String DATA_SET = "dataset";
    private static final Pattern FILM = Pattern.compile("([^/]+)/" + Pattern.quote(MANIFEST));
    private static final int LARGEST_TABLE = 64 << 20;
    private static final int MEGABYTES = 1024;

    private final SparkConf conf;
    private final Stores stores;
    private final PrintStream out;
    private final JobLog log;

    ResultCommands(SparkConf conf, Stores stores, PrintStream out, JobLog log) {
        this.conf = conf;
        this.stores = stores;
        this.out = out;
        this.log = log;
    }

    /** Whether a command line is one of these. */
    static boolean areMeant(List<String> arguments) {
        return !arguments.isEmpty() && List.of("verify", DATA_SET).contains(arguments.get(0));
    }

    /**
     * Runs a command.
     *
     * @return its exit code
     * @throws UsageException if the command line makes no sense
     * @throws StoreException if a store cannot be used
     */
    int run(List<String> arguments) throws UsageException, StoreException {
        try {
            return arguments.get(0).equals("verify") ? verify(arguments) : build(arguments);
        } catch (SparkException e) {
            log.say(String.valueOf(e.getMessage()).lines().findFirst().orElse("Spark gave it up."));
            return StepReport.DEVICE;
        }
    }

    private int verify(List<String> arguments) throws UsageException, StoreException, SparkException {
        if (arguments.size() != 2 || arguments.get(1).startsWith("-")) {
            throw new UsageException(
                    "verify takes the address of an output, a film's folder or a data set.", StepReport.USAGE);
        }
        var address = arguments.get(1);
        var store = stores.open(address);
        var exit = StepReport.OK;
        var found = false;
        if (store.length(MANIFEST).isPresent()
                || store.length(DatasetStep.INDEX).isPresent()) {
            var place = Place.of(address);
            var manifest = store.length(MANIFEST).isPresent() ? MANIFEST : DatasetStep.INDEX;
            return all(place.folder(), List.of(place.name()), facts -> new VerifyStep(facts, manifest));
        }
        if (store.length(DATA_SET + "/" + DatasetStep.INDEX).isPresent()) {
            found = true;
            exit = all(address, List.of(DATA_SET), facts -> new VerifyStep(facts, DatasetStep.INDEX));
        }
        var films = films(store);
        if (!films.isEmpty()) {
            found = true;
            exit = Math.max(exit, all(address, films, facts -> new VerifyStep(facts, MANIFEST)));
        }
        if (!found) {
            throw nothingIn(store);
        }
        return exit;
    }

    private static StoreException nothingIn(Store store) {
        return new StoreException(
                StoreException.Kind.MISSING,
                store.address()
                        + " holds no film's folder with a manifest.json; name the output of a job that has ended.");
    }

    private static List<String> films(Store store) throws StoreException {
        return store.list("", true).stream()
                .map(entry -> FILM.matcher(entry.key()))
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1))
                .sorted()
                .toList();
    }

    private int build(List<String> arguments) throws UsageException, StoreException, SparkException {
        if (arguments.size() < 3
                || !arguments.get(1).equals("build")
                || arguments.get(2).startsWith("-")) {
            throw new UsageException(
                    "Write: dataset build ADDRESS --out ADDRESS, and options of dataset build.", StepReport.USAGE);
        }
        var options = new ArrayList<>(arguments.subList(3, arguments.size()));
        var target = take(options, "--out")
                .orElseThrow(() -> new UsageException("Name the data set's own address by --out.", StepReport.USAGE));
        var table = take(options, "--table");
        if (options.contains("--overwrite")) {
            throw new UsageException(
                    "A data set in a store is never changed, for whoever reads it would find half of each; leave"
                            + " --overwrite out and name another address.",
                    StepReport.USAGE);
        }
        if (stores.open(target).length(DatasetStep.INDEX).isPresent()) {
            throw new StoreException(
                    StoreException.Kind.CHANGED,
                    target + " holds a data set already, and those in stores are never changed; name another address.");
        }
        var films = films(stores.open(arguments.get(2)));
        if (films.isEmpty()) {
            throw nothingIn(stores.open(arguments.get(2)));
        }
        var content = table.isPresent() ? content(table.get()) : "";
        return all(
                arguments.get(2),
                List.of(""),
                facts -> new DatasetStep(
                        new TaskFacts(facts.out(), facts.hadoop(), List.copyOf(options), facts.home(), facts.run()),
                        films,
                        target,
                        content));
    }

    private String content(String address) throws StoreException {
        var place = Place.of(address);
        return new String(stores.open(place.folder()).read(place.name(), LARGEST_TABLE), StandardCharsets.UTF_8);
    }

    private static Optional<String> take(List<String> options, String name) {
        for (var i = 0; i < options.size(); i++) {
            if (options.get(i).startsWith(name + "=")) {
                return Optional.of(options.remove(i).substring(name.length() + 1));
            }
            if (options.get(i).equals(name) && i + 1 < options.size()) {
                options.remove(i);
                return Optional.of(options.remove(i));
            }
        }
        return Optional.empty();
    }

    /** What makes a task of what all tasks have in common. */
    private interface Steps {
        Function<String, ResultReport> of(TaskFacts facts);
    }

    private int all(String address, List<String> names, Steps steps) throws SparkException {
        try (var spark = new JavaSparkContext(JobConf.complete(conf, cores -> MEGABYTES))) {
            var step = steps.of(new TaskFacts(
                    address,
                    stores.settings(),
                    List.of(),
                    conf.get(JobConf.HOME, ""),
                    UUID.randomUUID().toString().substring(0, 8)));
            var exit = StepReport.OK;
            List<ResultReport> reports =
                    spark.parallelize(names, names.size()).map(step).collect();
            for (var report : reports) {
                report.remarks().forEach(log::tell);
                report.results().forEach(out::println);
                exit = Math.max(exit, report.code());
            }
            out.flush();
            return exit;
        }
    }
}

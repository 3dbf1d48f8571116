package org.chromaprep.spark;

import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.chromaprep.spark.input.Inputs;
import org.chromaprep.spark.store.StoreException;
import org.chromaprep.spark.store.Stores;
import org.chromaprep.spark.task.IsolatedProgram;
import org.chromaprep.spark.task.StepReport;
import org.chromaprep.spark.task.TaskFacts;

/** The job's driver: {@code scripts/chromaprep-spark} has Spark start it. */
public final class SparkJob {
    private static final int FAILURES = 2;

    private final PrintStream out;
    private final PrintStream err;
    private final JobLog log;

    private SparkJob(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
        this.log = new JobLog(out, err);
    }

    /**
     * Runs a job and ends the process with its exit code.
     *
     * @param arguments the command line, as of {@code process}
     */
    public static void main(String[] arguments) {
        System.exit(new SparkJob(System.out, System.err).run(List.of(arguments)));
    }

    private int run(List<String> arguments) {
        var conf = new SparkConf();
        try {
            if (ResultCommands.areMeant(arguments)) {
                return new ResultCommands(conf, new Stores(hadoop(conf)), out, log).run(arguments);
            }
            var program = IsolatedProgram.in(home(conf));
            var options = options(program, arguments);
            var stores = new Stores(hadoop(conf));
            var store = stores.open(options.out());
            var memory = new NativeMemory(options.settings());
            try (var spark = new JavaSparkContext(JobConf.complete(conf, memory::megabytes))) {
                var facts = new TaskFacts(
                        options.out(),
                        stores.settings(),
                        options.settings(),
                        conf.get(JobConf.HOME, ""),
                        UUID.randomUUID().toString().substring(0, 8));
                var found = new Inputs(stores, program.loader(), ParquetList::write, new LogWriter(err))
                        .find(options.inputs(), options.films(), options.out());
                found.failures().forEach(each -> log.missing(each, found.code()));
                return new FilmQueue(spark, facts, store, log, conf.getInt(JobConf.FAILURES, FAILURES))
                        .run(found.films());
            }
        } catch (JobOptions.UsageException e) {
            if (!String.valueOf(e.getMessage()).isEmpty()) {
                log.say(String.valueOf(e.getMessage()));
            }
            return e.code();
        } catch (StoreException e) {
            log.say(String.valueOf(e.getMessage()));
            return StepReport.OUTPUT;
        } catch (IOException e) {
            log.say(String.valueOf(e.getMessage()));
            return StepReport.DEVICE;
        }
    }

    private JobOptions options(IsolatedProgram program, List<String> arguments) throws JobOptions.UsageException {
        var help = new StringWriter();
        var wrong = new StringWriter();
        try {
            return JobOptions.read(program, System.getenv(), arguments, help, wrong);
        } finally {
            out.print(help);
            out.flush();
            err.print(wrong);
        }
    }

    // On the machine that the job was started on, ChromaPrep is where the script found it; elsewhere the archive is
    // unpacked.
    private static Path home(SparkConf conf) {
        return Path.of(conf.get(JobConf.DRIVER_HOME, conf.get(JobConf.HOME, TaskFacts.ARCHIVE)));
    }

    private static Map<String, String> hadoop(SparkConf conf) {
        return Stream.of(conf.getAllWithPrefix(Stores.PREFIX))
                .collect(Collectors.toMap(pair -> pair._1(), pair -> pair._2()));
    }
}

package org.chromaprep.spark;

import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chromaprep.spark.task.IsolatedProgram;
import org.chromaprep.spark.task.StepReport;

/**
 * What a job's command line asks for. It is that of {@code process}, which also reads it; some of its options are the job's own business.
 *
 * @param inputs as they were typed
 * @param out address of the output
 * @param films options that say which films are in the run, with all values of each
 * @param settings all other options, as command lines have them
 */
record JobOptions(List<String> inputs, String out, Map<String, List<String>> films, List<String> settings) {
    /** Film time of a part, in minutes, where nobody says: some minutes of work for an executor of one or two cores. */
    private static final String PART_MINUTES = "2";

    private static final String WEIGHTS = "weights";
    private static final Set<String> OF_FILMS = Set.of("list", "only", "skip", "no-recursive", "name");
    private static final Map<String, String> NOT_HERE = new LinkedHashMap<>();

    static {
        var bySpark = "executors and their cores are what Spark's options say";
        NOT_HERE.put("workers", bySpark);
        NOT_HERE.put("films", bySpark);
        NOT_HERE.put("parts-at-once", bySpark);
        NOT_HERE.put("part", "the job computes all parts");
        NOT_HERE.put("overwrite", "remove the film's folder from the output instead");
        NOT_HERE.put("retry-failed", "remove the film's folder from the output instead");
        NOT_HERE.put("rehash", "films are read in every run");
        NOT_HERE.put("dry-run", "name one film after the other to see that they can be read");
        NOT_HERE.put("metrics-port", "metrics go to the sinks of Spark's configuration");
        NOT_HERE.put("monitor", "Spark's own page shows the run");
        NOT_HERE.put("live", "only files can be computed in parts");
        NOT_HERE.put("drop", "only files can be computed in parts");
        NOT_HERE.put(
                "project", "a projection is of all films together, which no machine has at once; process them on one");
    }

    /** A command line is not one of a job. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int code;

        /**
         * @param sentence for the user; empty if all is said
         * @param code the exit code
         */
        UsageException(String sentence, int code) {
            super(sentence);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /**
     * Reads a command line.
     *
     * @param program reads it
     * @param out gets help, if that is asked for
     * @param err is told what is wrong
     * @throws UsageException if it is not one of a job, or asks for help
     */
    static JobOptions read(
            IsolatedProgram program, Map<String, String> environment, List<String> arguments, Writer out, Writer err)
            throws UsageException {
        var line = new ArrayList<String>(List.of("process"));
        line.addAll(arguments);
        var found = new LinkedHashMap<String, List<String>>();
        var code = program.read(environment, line, out, err, found);
        if (code != StepReport.OK || found.isEmpty()) {
            throw new UsageException("", code);
        }
        var films = new LinkedHashMap<String, List<String>>();
        var settings = new ArrayList<String>();
        var address = Optional.<String>empty();
        for (var option : found.getOrDefault("options", List.of())) {
            var key = option.substring(2, option.indexOf('='));
            var value = option.substring(option.indexOf('=') + 1);
            if (NOT_HERE.containsKey(key)) {
                throw new UsageException(
                        "--" + key + " is not for a job on Spark: " + NOT_HERE.get(key) + ".", StepReport.USAGE);
            } else if (OF_FILMS.contains(key)) {
                films.computeIfAbsent(key, each -> new ArrayList<>()).add(value);
            } else if (key.equals("out")) {
                address = Optional.of(value);
            } else {
                settings.add("--" + key + "=" + (key.equals(WEIGHTS) ? onAllMachines(value) : value));
            }
        }
        if (settings.stream().noneMatch(each -> each.startsWith("--part-minutes="))) {
            settings.add("--part-minutes=" + PART_MINUTES);
        }
        return new JobOptions(
                List.copyOf(found.getOrDefault("inputs", List.of())),
                address.orElseThrow(() -> new UsageException("Name an output by --out.", StepReport.USAGE)),
                films,
                List.copyOf(settings));
    }

    // Executors have working folders of their own.
    private static String onAllMachines(String weights) {
        var isWord = weights.equals("auto") || weights.startsWith("random");
        return isWord || !Files.exists(Path.of(weights))
                ? weights
                : Path.of(weights).toAbsolutePath().normalize().toString();
    }
}

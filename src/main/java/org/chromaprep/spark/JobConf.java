package org.chromaprep.spark;

import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.chromaprep.spark.task.ChromaPrepPlugin;

/**
 * What a job asks of Spark, where its user does not: executors that do one task at a time with all their cores, an environment in which
 * native libraries are quick and choose the same kernels everywhere, room for memory outside of Java's heap, and failures that end one film
 * and not the job.
 */
final class JobConf {
    /** ChromaPrep's folder on all executors, where it is installed rather than sent. */
    static final String HOME = "spark.chromaprep.home";
    /** ChromaPrep's folder for the driver. */
    static final String DRIVER_HOME = "spark.chromaprep.driverHome";
    /** How often something may fail, or end an executor, before its film is given up. */
    static final String FAILURES = "spark.chromaprep.maxFailures";

    private static final String JAVA_OPTIONS = "spark.chromaprep.javaOptions";
    private static final String EXECUTOR_JAVA_OPTIONS = "spark.executor.extraJavaOptions";
    private static final String CORES = "spark.executor.cores";
    private static final String TASK_CORES = "spark.task.cpus";
    private static final String OVERHEAD = "spark.executor.memoryOverhead";
    private static final Pattern LOCAL_CLUSTER = Pattern.compile("local-cluster\\[\\s*\\d+\\s*,\\s*(\\d+)\\s*,.*");
    private static final Pattern LOCAL = Pattern.compile("local(\\[.*)?");
    /** Attempts at one thing on all executors together: those whose kernels are others each refuse it once. */
    private static final String ATTEMPTS = "16";

    private static final String UNLIMITED = "1000000";

    private JobConf() {}

    /**
     * Adds what is missing.
     *
     * @param overhead megabytes outside of the heap that an executor of so many cores needs
     */
    static SparkConf complete(SparkConf conf, java.util.function.IntUnaryOperator overhead) {
        conf.setIfMissing("spark.app.name", "ChromaPrep");
        var cores = cores(conf);
        conf.setIfMissing(TASK_CORES, String.valueOf(cores));
        conf.setIfMissing(OVERHEAD, overhead.applyAsInt(cores) + "m");
        conf.set(
                EXECUTOR_JAVA_OPTIONS,
                (conf.get(JAVA_OPTIONS, "") + " " + conf.get(EXECUTOR_JAVA_OPTIONS, "")).strip());
        // What it says at each step would hide what the job says.
        conf.setIfMissing("spark.log.level", "WARN");
        conf.setIfMissing("spark.plugins", ChromaPrepPlugin.class.getName());
        conf.setIfMissing("spark.task.maxFailures", ATTEMPTS);
        // A task that an executor could not do goes to another one; the executor stays for other films.
        for (var each : Map.of(
                        "spark.excludeOnFailure.enabled", "true",
                        "spark.excludeOnFailure.task.maxTaskAttemptsPerExecutor", "1",
                        "spark.excludeOnFailure.task.maxTaskAttemptsPerNode", belowAttempts(conf),
                        "spark.excludeOnFailure.stage.maxFailedTasksPerExecutor", UNLIMITED,
                        "spark.excludeOnFailure.stage.maxFailedExecutorsPerNode", UNLIMITED,
                        "spark.excludeOnFailure.application.maxFailedTasksPerExecutor", UNLIMITED,
                        "spark.excludeOnFailure.application.maxFailedExecutorsPerNode", UNLIMITED)
                .entrySet()) {
            conf.setIfMissing(each.getKey(), each.getValue());
        }
        return conf;
    }

    // Spark demands that it is lower.
    private static String belowAttempts(SparkConf conf) {
        return String.valueOf(Math.max(1, conf.getInt("spark.task.maxFailures", 2) - 1));
    }

    private static int cores(SparkConf conf) {
        var master = conf.get("spark.master", "");
        var cluster = LOCAL_CLUSTER.matcher(master);
        if (cluster.matches()) {
            return Integer.parseInt(cluster.group(1));
        }
        if (LOCAL.matcher(master).matches()) {
            return 1;
        }
        conf.setIfMissing(CORES, "1");
        return conf.getInt(CORES, 1);
    }
}

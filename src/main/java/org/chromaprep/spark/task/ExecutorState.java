package org.chromaprep.spark.task;

import com.codahale.metrics.MetricRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkFiles;

/**
 * What lasts as long as an executor's process: ChromaPrep, whose libraries of machine code can be loaded once only, and where Spark takes
 * metrics from. Tasks come as objects of their own and find it here. Safe for use by several threads.
 */
final class ExecutorState {
    private static final Map<Path, IsolatedProgram> PROGRAMS = new HashMap<>();
    private static MetricRegistry metrics = new MetricRegistry();

    private ExecutorState() {}

    /**
     * ChromaPrep, loaded when it is asked for the first time.
     *
     * @param home its folder on all machines; empty for what the archive of the job holds
     * @throws IOException if it cannot be loaded
     */
    static synchronized IsolatedProgram program(String home) throws IOException {
        var folder = home.isEmpty() ? unpacked() : Path.of(home);
        var program = PROGRAMS.get(folder);
        if (program == null) {
            program = IsolatedProgram.in(folder);
            PROGRAMS.put(folder, program);
        }
        return program;
    }

    // YARN unpacks archives into the folder that processes begin in, the other managers where Spark keeps files.
    private static Path unpacked() {
        var here = Path.of(TaskFacts.ARCHIVE).toAbsolutePath();
        return Files.isDirectory(here) ? here : Path.of(SparkFiles.get(TaskFacts.ARCHIVE));
    }

    static synchronized MetricRegistry metrics() {
        return metrics;
    }

    /** Called by Spark's plugin before the first task. */
    static synchronized void metrics(MetricRegistry registry) {
        metrics = registry;
    }
}

package org.chromaprep.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** How a command ends that failed: one sentence on stderr, a stack trace only with --verbose, an exit code. */
final class FailureReporter {
    private final FaultReports faults;
    private final boolean verbose;

    /**
     * @param faults keeps the details of what nobody foresaw
     * @param verbose whether stack traces are printed
     */
    FailureReporter(FaultReports faults, boolean verbose) {
        this.faults = faults;
        this.verbose = verbose;
    }

    /**
     * Says why a command or one of its films failed.
     *
     * @return the exit code
     */
    ExitCode of(Throwable failure, PrintWriter err) {
        err.println("chromaprep: "
                + Printable.line(
                        Failures.isFault(failure)
                                ? faults.tell(failure)
                                : SettingNames.asOptions(Failures.sentence(failure))));
        // Each line is made printable by itself, so that no name can begin one.
        Failures.remedies(failure).forEach(each -> err.println("  " + Printable.sentence(each)));
        if (verbose) {
            var trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace, true));
            trace.toString().lines().map(FailureReporter::ofATrace).forEach(err::println);
        }
        err.flush();
        return Failures.exitCode(failure);
    }

    // A message of several lines, whoever made it up, is set in.
    private static String ofATrace(String line) {
        var begin = line.startsWith("\t")
                ? "\t"
                : line.startsWith("Caused by: ") || line.startsWith("org.") || line.startsWith("java") ? "" : "    ";
        return begin + Printable.line(line.startsWith("\t") ? line.substring(1) : line);
    }
}

package org.chromaprep.cli;

import java.io.PrintWriter;

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
        err.println("chromaprep: " + (Failures.isFault(failure) ? faults.tell(failure)
                : SettingNames.asOptions(Failures.sentence(failure))));
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.flush();
        return Failures.exitCode(failure);
    }
}

package org.chromaprep.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.chromaprep.dataset.OutputException;
import org.chromaprep.dataset.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code chromaprep verify}: checks what {@code process} wrote. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Checks an output folder: shards, hashes, ledger, keys.")
final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "A run's output folder, or one film's folder in it.")
    private Path folder = Path.of("");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws OutputException {
        var out = spec.commandLine().getOut();
        var exit = ExitCode.OK;
        for (var report : Verifier.verify(folder)) {
            report.findings().forEach(finding -> out.println(report.folder() + ": " + finding));
            var counts = report.counts();
            out.println("%s: %s, %s; %d shards, %d frames written, %d skipped, %d dropped, %d lost".formatted(
                    report.folder(), report.findings().isEmpty() ? "sound" : report.findings().size() + " findings",
                    ending(report), report.shards(), counts.written(), counts.skipped(),
                    counts.dropped(), counts.lost()));
            exit = report.findings().isEmpty() ? exit : ExitCode.OUTPUT;
        }
        out.flush();
        return exit.number();
    }

    private static String ending(Verifier.Report report) {
        return report.complete() ? "complete" : report.open() ? "interrupted, its last shard unfinished" : "not complete";
    }
}

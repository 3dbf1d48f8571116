package org.chromaprep.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chromaprep.dataset.DataSetVerifier;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.Verifier;
import org.chromaprep.shelf.record.FilmEntry;
import org.chromaprep.shelf.record.RunRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code chromaprep verify}: checks what {@code process} wrote. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Checks an output folder and its data set: hashes and sizes of everything, ledgers, keys, seals, the record of runs.")
final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "A run's output folder, one film's folder in it, or a data set's.")
    private Path folder = Path.of("");

    @Option(
            names = "--quick",
            description = "Believe files of finished films that have the size and the time stamp they were recorded"
                    + " with.")
    private boolean quick;

    @Option(
            names = "--against",
            paramLabel = "INPUT",
            description = "A film or a folder of films; each must be represented by its"
                    + " content. May be given several times.")
    private List<String> against = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws OutputException, IOException {
        var messages =
                new Messages(spec.commandLine().getOut(), spec.commandLine().getErr());
        var exit = ExitCode.OK;
        var data = DataSetVerifier.verify(folder);
        if (data.isPresent()) {
            var report = data.get();
            report.findings().forEach(finding -> messages.tell(report.folder() + ": " + finding));
            messages.tell(String.format(
                    Locale.ROOT,
                    "%s: %s; %d shards, %d samples",
                    report.folder(),
                    report.findings().isEmpty() ? "sound" : report.findings().size() + " findings",
                    report.shards(),
                    report.samples()));
            exit = report.findings().isEmpty() ? exit : ExitCode.OUTPUT;
        }
        // A data set may be checked where its films no longer are.
        var record = RunRecord.read(folder);
        var films = record.films();
        for (var report :
                data.isPresent() && !Verifier.hasFilms(folder) ? List.<Verifier.Report>of() : verifyFilms(films)) {
            report.findings().forEach(finding -> messages.tell(report.folder() + ": " + finding));
            var counts = report.counts();
            messages.tell(String.format(
                    Locale.ROOT,
                    "%s: %s, %s; %d shards, %d frames written, %d skipped, %d dropped, %d lost",
                    report.folder(),
                    report.findings().isEmpty() ? "sound" : report.findings().size() + " findings",
                    ending(report),
                    report.shards(),
                    counts.written(),
                    counts.skipped(),
                    counts.dropped(),
                    counts.lost()));
            exit = report.findings().isEmpty() ? exit : ExitCode.OUTPUT;
        }
        var others = new ShelfCheck(folder, record).findings(against);
        others.forEach(finding -> messages.tell(folder + ": " + finding));
        return (others.isEmpty() ? exit : ExitCode.OUTPUT).number();
    }

    private List<Verifier.Report> verifyFilms(Map<String, FilmEntry> films) throws OutputException {
        return Verifier.verify(
                folder,
                name -> quick
                        ? Optional.ofNullable(films.get(name))
                                .map(FilmEntry::times)
                                .orElse(Map.of())
                        : Map.of());
    }

    private static String ending(Verifier.Report report) {
        return report.complete()
                ? "complete"
                : report.open() ? "interrupted, its last shard unfinished" : "not complete";
    }
}

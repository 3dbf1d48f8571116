package org.chromaprep.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.chromaprep.files.OutputException;
import org.chromaprep.shelf.scenes.FilmScenes;
import org.chromaprep.shelf.scenes.FilmsTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code chromaprep summary}: a table over all films. */
@Command(
        name = "summary",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Writes a table (CSV) and a page over all finished films of an output folder.")
final class SummaryCommand implements Callable<Integer> {
    @Parameters(paramLabel = "OUT", description = "A run's output folder.")
    private Path folder = Path.of("");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws OutputException {
        var films = FilmScenes.all(folder);
        FilmsTable.write(folder, films);
        new Messages(spec.commandLine().getOut(), spec.commandLine().getErr())
                .tell(String.format(
                        Locale.ROOT,
                        "%d films in %s and %s",
                        films.size(),
                        folder.resolve(FilmsTable.FILE),
                        folder.resolve(FilmsTable.PAGE)));
        return ExitCode.OK.number();
    }
}

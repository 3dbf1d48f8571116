package org.chromaprep.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chromaprep.files.OutputException;
import org.chromaprep.shelf.scenes.FilmScenes;
import org.chromaprep.shelf.scenes.SceneLists;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code chromaprep scenes}: lists of scenes for other programs. */
@Command(
        name = "scenes",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Writes the scenes of finished films as tables (CSV, as PySceneDetect's), edit decision lists (EDL) and timelines"
                        + " (OTIO).")
final class ScenesCommand implements Callable<Integer> {
    @Parameters(paramLabel = "OUT", description = "A run's output folder.")
    private Path folder = Path.of("");

    @Option(names = "--to", paramLabel = "DIR", description = "Folder for the lists. Default: scenes in OUT.")
    private Optional<Path> to = Optional.empty();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws OutputException {
        var messages =
                new Messages(spec.commandLine().getOut(), spec.commandLine().getErr());
        var where = to.orElse(folder.resolve("scenes"));
        for (var film : FilmScenes.all(folder)) {
            SceneLists.write(film, where);
            messages.tell(String.format(
                    Locale.ROOT,
                    "%s: %d scenes in %s",
                    film.name(),
                    film.scenes().size(),
                    where.resolve(film.name() + ".csv")));
        }
        return ExitCode.OK.number();
    }
}

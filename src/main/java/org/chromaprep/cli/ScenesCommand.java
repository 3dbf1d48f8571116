package org.chromaprep.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chromaprep.files.OutputException;
import org.chromaprep.shelf.plan.PlannedFilm;
import org.chromaprep.shelf.scenes.FilmScenes;
import org.chromaprep.shelf.scenes.SceneLists;
import org.chromaprep.shelf.scenes.SceneStills;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
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
                        + " (OTIO), and a still of each scene.")
final class ScenesCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Parameters(paramLabel = "OUT", description = "A run's output folder.")
    private Path folder = Path.of("");

    @Option(names = "--to", paramLabel = "DIR", description = "Folder for the lists. Default: scenes in OUT.")
    private Optional<Path> to = Optional.empty();

    @Option(
            names = "--stills",
            paramLabel = "INPUT",
            description = "A film or a folder of films. Of each scene of those that OUT has, one frame is written as a"
                    + " PNG of the film's own size. May be given several times.")
    private List<String> stills = List.of();

    @Spec
    private CommandSpec spec;

    ScenesCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws OutputException {
        var messages =
                new Messages(spec.commandLine().getOut(), spec.commandLine().getErr());
        var where = to.orElse(folder.resolve("scenes"));
        var films = stills.isEmpty() ? Map.<String, SourceInput>of() : sources(messages);
        var exit = ExitCode.OK;
        for (var film : FilmScenes.all(folder)) {
            SceneLists.write(film, where);
            messages.tell(String.format(
                    Locale.ROOT,
                    "%s: %d scenes in %s",
                    film.name(),
                    film.scenes().size(),
                    where.resolve(film.name() + ".csv")));
            if (!stills.isEmpty() && !writeStills(film, films, where, messages)) {
                exit = ExitCode.INPUT;
            }
        }
        return exit.number();
    }

    /** The films of the inputs that the output folder has, by the names of their folders. */
    private Map<String, SourceInput> sources(Messages messages) throws OutputException {
        NativesFolder.choose(environment);
        var found = InputFilms.of(stills, folder);
        found.failures().forEach(failure -> messages.say(String.valueOf(failure.getMessage())));
        var films = new HashMap<String, SourceInput>();
        found.films().stream()
                .filter(PlannedFilm::known)
                .forEach(planned -> films.put(planned.name(), planned.film().input()));
        return films;
    }

    /** Whether there is one of each scene now. */
    private static boolean writeStills(FilmScenes film, Map<String, SourceInput> films, Path where, Messages messages)
            throws OutputException {
        var scenes = film.scenes().size();
        var input = Optional.ofNullable(films.get(film.name()));
        if (input.isEmpty()) {
            messages.say(
                    film.name() + ": no stills, since none of the inputs is this film; name it, or the folder where"
                            + " it lies, by --stills.");
            return false;
        }
        try {
            var written = SceneStills.write(film, input.get(), where);
            messages.tell(String.format(
                    Locale.ROOT, "%s: %d stills in %s", film.name(), written, where.resolve(film.name())));
            if (written < scenes) {
                messages.say(String.format(
                        Locale.ROOT,
                        "%s: %d of %d scenes have no still, since their frames can no longer be read; see whether the file"
                                + " is whole.",
                        film.name(),
                        scenes - written,
                        scenes));
            }
            return written == scenes;
        } catch (SourceException e) {
            messages.say(film.name() + ": no stills: " + e.getMessage());
            return false;
        }
    }
}

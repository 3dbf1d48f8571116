package org.chromaprep.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.chromaprep.files.OutputException;
import org.chromaprep.pipeline.StopSignal;
import org.chromaprep.shelf.find.FilmContent;
import org.chromaprep.shelf.find.FilmFinder;
import org.chromaprep.shelf.find.ListedFilm;

/**
 * Which films a run has and what their folders are called, for schedulers of clusters, whose films may be where no path leads: they show
 * stand-ins of the same names, sizes and times, and bring what is in a file if that is asked for. Nothing but types of the JDK crosses
 * this border. Stateless.
 */
public final class EmbeddedShelf {
    /** Of a film: its first file; of a line of a list: what it names. */
    public static final String FILM = "film";

    /** Of a film: its path below the folder that was named, with {@code /}. */
    public static final String PATH = "path";

    /** Of a film and of a line of a list: the output folder's name. */
    public static final String NAME = "name";

    /** Of a film: how many files it has, which is none where it is no file. */
    public static final String FILES = "files";

    private EmbeddedShelf() {}

    /**
     * Reads a list of films.
     *
     * @param list a file
     * @param lines gets {@link #FILM} and, where it is given, {@link #NAME} of each line
     * @param about gets the other columns of each line
     * @param failures gets a sentence if it cannot be read
     * @return the exit code
     */
    public static int lines(
            Path list, List<Map<String, String>> lines, List<Map<String, String>> about, Consumer<String> failures) {
        try {
            for (var line : FilmFinder.listed(list)) {
                var facts = new HashMap<>(Map.of(FILM, line.film()));
                line.name().ifPresent(name -> facts.put(NAME, name));
                lines.add(facts);
                about.add(line.about());
            }
            return ExitCode.OK.number();
        } catch (IllegalArgumentException e) {
            failures.accept(SettingNames.asOptions(String.valueOf(e.getMessage())));
            return ExitCode.USAGE.number();
        }
    }

    /**
     * Finds films and names their folders as {@code process} does.
     *
     * @param options by their names without dashes: {@code only}, {@code skip}, {@code no-recursive}, {@code name}, {@code rehash},
     *     {@code out}, and {@code inputs}
     * @param listed lines of lists, as {@link #lines} has them
     * @param listedAbout the other columns of these lines
     * @param hash the SHA-256 of the file that a stand-in stands for; empty for a file that is none
     * @param fetched a file with the content of the one that a stand-in stands for, which lasts until the next call
     * @param err is told how it gets on, and what is left out
     * @param films gets {@link #FILM}, {@link #PATH}, {@link #NAME} and {@link #FILES} of each film
     * @param about gets what lists say of each film
     * @param failures gets a sentence for each thing that cannot be had
     * @return the exit code
     */
    public static int find(
            Map<String, List<String>> options,
            List<Map<String, String>> listed,
            List<Map<String, String>> listedAbout,
            UnaryOperator<String> hash,
            UnaryOperator<String> fetched,
            Writer err,
            List<Map<String, String>> films,
            List<Map<String, String>> about,
            Consumer<String> failures) {
        var messages = new Messages(new PrintWriter(Writer.nullWriter()), new PrintWriter(err, true));
        try {
            var lines = new ArrayList<ListedFilm>();
            for (var i = 0; i < listed.size(); i++) {
                var line = listed.get(i);
                lines.add(new ListedFilm(
                        line.getOrDefault(FILM, ""), Optional.ofNullable(line.get(NAME)), listedAbout.get(i)));
            }
            var result =
                    new FilmSearch(read(options), new StopSignal(), messages).run(lines, new StandIns(hash, fetched));
            result.aside().ifPresent(messages::say);
            result.failures().forEach(e -> failures.accept(SettingNames.asOptions(String.valueOf(e.getMessage()))));
            for (var film : result.films()) {
                var files = film.film().input().files();
                films.add(Map.of(
                        FILM,
                        files.isEmpty()
                                ? film.film().input().name()
                                : files.get(0).toAbsolutePath().toString(),
                        PATH,
                        film.film().path(),
                        NAME,
                        film.name(),
                        FILES,
                        String.valueOf(files.size())));
                about.add(film.film().about());
            }
            return result.failures().isEmpty() ? ExitCode.OK.number() : ExitCode.INPUT.number();
        } catch (IllegalArgumentException | UsageException e) {
            failures.accept(SettingNames.asOptions(String.valueOf(e.getMessage())));
            return ExitCode.USAGE.number();
        } catch (OutputException e) {
            failures.accept(SettingNames.asOptions(String.valueOf(e.getMessage())));
            return ExitCode.OUTPUT.number();
        }
    }

    private static ProcessOptions read(Map<String, List<String>> options) {
        var read = new ProcessOptions();
        read.inputs = options.getOrDefault("inputs", List.of());
        read.out = Path.of(options.getOrDefault("out", List.of("")).get(0));
        read.shelf.only = options.getOrDefault("only", List.of());
        read.shelf.skip = options.getOrDefault("skip", List.of());
        read.shelf.notRecursive = isSet(options, "no-recursive");
        read.shelf.rehash = isSet(options, "rehash");
        read.shelf.name = options.getOrDefault("name", List.of()).stream().findFirst();
        return read;
    }

    private static boolean isSet(Map<String, List<String>> options, String name) {
        return options.getOrDefault(name, List.of()).contains("true");
    }

    private record StandIns(UnaryOperator<String> hash, UnaryOperator<String> fetched) implements FilmContent {
        @Override
        public boolean isFilm(Path file, BooleanSupplier cancelled) {
            return OF_FILES.isFilm(Path.of(fetched.apply(file.toString())), cancelled);
        }

        @Override
        public Optional<String> hash(List<Path> files, BooleanSupplier cancelled) throws IOException {
            try {
                var known = files.size() == 1 ? hash.apply(files.get(0).toString()) : "";
                return known.isEmpty() ? OF_FILES.hash(files, cancelled) : Optional.of(known);
            } catch (UncheckedIOException e) {
                throw new IOException(e);
            }
        }
    }
}

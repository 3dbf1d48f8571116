package org.chromaprep.spark.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chromaprep.spark.store.Place;
import org.chromaprep.spark.store.StoreException;
import org.chromaprep.spark.store.Stores;

/**
 * Finds the films that a job's user names: files, folders, globs and lists, on this machine or in stores. Which files are films and what
 * their folders are called is ChromaPrep's to say, and is the same as on one machine. Used by one thread, by the driver.
 */
public final class Inputs {
    private static final int USAGE = 2;
    private static final int INPUT = 3;

    private final Stores stores;
    private final FilmShelf shelf;
    private final TableReader tables;
    private final Writer err;

    /**
     * What was found.
     *
     * @param films in order
     * @param failures a sentence for each thing that cannot be had
     * @param code the exit code that the failures are worth, 0 if there are none
     */
    public record Found(List<InputFilm> films, List<String> failures, int code) {}

    /** Turns tables that ChromaPrep does not read into ones that it does. */
    public interface TableReader {
        /**
         * Writes a table as CSV, with a line of names.
         *
         * @param address of a Parquet file
         */
        void write(String address, Path csv) throws IOException, StoreException;
    }

    /**
     * @param chromaprep the class loader that has ChromaPrep
     * @param tables reads Parquet
     * @param err is told how it gets on, and what is left out
     * @throws IOException if that ChromaPrep is of another version
     */
    public Inputs(Stores stores, ClassLoader chromaprep, TableReader tables, Writer err) throws IOException {
        this(stores, new IsolatedShelf(chromaprep), tables, err);
    }

    Inputs(Stores stores, FilmShelf shelf, TableReader tables, Writer err) {
        this.stores = stores;
        this.shelf = shelf;
        this.tables = tables;
        this.err = err;
    }

    /**
     * Finds films.
     *
     * @param inputs as they were typed
     * @param options those about films, by their names: {@code list}, {@code only}, {@code skip}, {@code no-recursive}, {@code name}
     * @param out address of the output, where films that are known keep their folders
     * @throws StoreException if a store cannot be used at all
     * @throws IOException if this machine's disk cannot
     */
    public Found find(List<String> inputs, Map<String, List<String>> options, String out)
            throws StoreException, IOException {
        var temporary = Files.createTempDirectory("chromaprep-inputs");
        try {
            return find(inputs, options, out, temporary);
        } finally {
            remove(temporary);
        }
    }

    private Found find(List<String> inputs, Map<String, List<String>> options, String out, Path temporary)
            throws StoreException, IOException {
        var standIns = new StandIns(temporary, stores);
        var places = new Places(
                stores,
                standIns,
                !options.getOrDefault("no-recursive", List.of()).contains("true"));
        var failures = new ArrayList<String>();
        var named = places.all(inputs, failures);
        var listed = new ArrayList<FilmShelf.Line>();
        var number = 0;
        for (var list : options.getOrDefault("list", List.of())) {
            var folder = Files.createDirectories(temporary.resolve("list-" + number++));
            var lines = lines(list, folder);
            var base = Place.of(list).folder();
            if (lines.code() != 0) {
                lines.failures().forEach(each -> failures.add(each.replace(folder.toString(), base)));
                return new Found(List.of(), failures, lines.code());
            }
            listed.addAll(places.lines(lines.results(), folder, base, failures));
        }
        var wanted = new HashMap<>(options);
        wanted.put("inputs", named);
        wanted.put(
                "out",
                List.of(new KnownFilms(stores.open(out))
                        .folder(temporary.resolve("out"))
                        .toString()));
        var found = shelf.find(
                wanted, listed, new FilmShelf.Content(standIns::hash, standIns::fetched), new Corrected(err, standIns));
        found.failures().stream().map(standIns::corrected).forEach(failures::add);
        var films = new ArrayList<InputFilm>();
        for (var film : found.results()) {
            take(film, standIns, films, failures);
        }
        return new Found(films, failures, found.code() == USAGE || failures.isEmpty() ? found.code() : INPUT);
    }

    private FilmShelf.Outcome<FilmShelf.Line> lines(String list, Path folder) throws StoreException, IOException {
        var place = Place.of(list);
        if (place.name().endsWith(".parquet")) {
            var csv = folder.resolve("list.csv");
            tables.write(list, csv);
            return shelf.lines(csv);
        }
        var file = folder.resolve(place.name());
        try {
            stores.open(place.folder()).get(place.name(), file);
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.INTERRUPTED) {
                throw e;
            }
            return new FilmShelf.Outcome<>(USAGE, List.of(), List.of("The list cannot be read: " + e.getMessage()));
        }
        return shelf.lines(file);
    }

    private void take(FilmShelf.Found film, StandIns standIns, List<InputFilm> films, List<String> failures)
            throws StoreException {
        var real = standIns.real(film.file());
        if (film.files() != 1) {
            failures.add(standIns.corrected(film.files() == 0 ? film.path() : film.file())
                    + (film.files() == 0
                            ? " is no file, and only files can be computed by many machines; process it on one."
                            : " and " + (film.files() - 1)
                                    + " more pictures make one film, which jobs on a cluster do not"
                                    + " take; process it on one machine."));
            return;
        }
        var entry = real.map(StandIns.Real::entry);
        if (entry.isEmpty()) {
            var place = Place.of(film.file());
            entry = stores.open(place.folder()).find(place.name());
        }
        if (entry.isEmpty()) {
            failures.add(film.file() + " is no longer there; run the same command again.");
            return;
        }
        films.add(new InputFilm(
                real.map(StandIns.Real::address).orElse(film.file()),
                film.path(),
                film.name(),
                film.about(),
                entry.get().bytes(),
                entry.get().modified()));
    }

    private static void remove(Path folder) throws IOException {
        try (var tree = Files.walk(folder)) {
            for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        }
    }

    /** What is said, with addresses for what stands for them. */
    private static final class Corrected extends Writer {
        private final Writer to;
        private final StandIns standIns;

        Corrected(Writer to, StandIns standIns) {
            this.to = to;
            this.standIns = standIns;
        }

        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            to.write(standIns.corrected(new String(text, offset, length)));
        }

        @Override
        public void flush() throws IOException {
            to.flush();
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}

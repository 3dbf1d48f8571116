package org.chromaprep.shelf.find;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A list of films: a text with a path on each line, or a table (CSV, with commas, semicolons or tabs) whose column {@code film},
 * {@code path} or {@code file} has them, whose column {@code name} says what output folders are called, and whose other columns,
 * such as {@code licence} and {@code source}, say what is known of each film. Paths count from the list's own folder. Stateless.
 */
final class FilmListFile {
    private static final Set<String> FILM = Set.of("film", "path", "file");
    private static final String NAME = "name";
    private static final String MARK = "\uFEFF";
    private static final long LARGEST = 64L << 20;
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*|camera:.*|lavfi:.*|-");

    private FilmListFile() {}

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException if it cannot be read, with a sentence
     */
    static List<ListedFilm> read(Path list) {
        try {
            if (Files.size(list) > LARGEST) {
                throw new IllegalArgumentException(
                        "The list " + list + " exceeds 64 MiB; it should hold a line a film.");
            }
            var text = Files.readString(list);
            var plain = text.startsWith(MARK) ? text.substring(1) : text;
            var head = plain.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
            return separator(head).map(mark -> table(list, plain, mark)).orElseGet(() -> lines(list, plain));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("The list " + list + " is not there; check the path.", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("The list " + list + " is not UTF-8; save it as UTF-8.", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The list " + list + " cannot be read (" + e.getMessage() + "); check the path.", e);
        }
    }

    // A table is known by its head; one column needs no separator.
    private static Optional<Character> separator(String head) {
        for (var mark : new char[] {',', ';', '\t'}) {
            for (var column : head.split(Pattern.quote(String.valueOf(mark)), -1)) {
                if (FILM.contains(column.replace('"', ' ').strip().toLowerCase(Locale.ROOT))) {
                    return Optional.of(mark);
                }
            }
        }
        return Optional.empty();
    }

    private static List<ListedFilm> lines(Path list, String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> new ListedFilm(resolved(list, line), Optional.empty(), Map.of()))
                .toList();
    }

    private static List<ListedFilm> table(Path list, String text, char separator) {
        var lines = new ArrayList<ListedFilm>();
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader().withColumnSeparator(separator))
                .with(CsvParser.Feature.SKIP_EMPTY_LINES)
                .with(CsvParser.Feature.TRIM_SPACES)
                .readValues(text)) {
            while (rows.hasNextValue()) {
                line(list, rows.nextValue()).ifPresent(lines::add);
            }
            return lines;
        } catch (IOException | RuntimeJsonMappingException e) {
            var cause = e instanceof RuntimeJsonMappingException ? Objects.requireNonNullElse(e.getCause(), e) : e;
            throw new IllegalArgumentException(
                    "The list " + list + " cannot be read as a table ("
                            + (cause instanceof JsonProcessingException json
                                    ? json.getOriginalMessage()
                                    : cause.getMessage())
                            + "); check its lines.",
                    e);
        }
    }

    private static Optional<ListedFilm> line(Path list, Map<String, String> row) {
        var about = new LinkedHashMap<String, String>();
        var film = Optional.<String>empty();
        var name = Optional.<String>empty();
        for (var cell : row.entrySet()) {
            var column = cell.getKey().strip();
            var value = String.valueOf(cell.getValue()).strip();
            if (value.isEmpty()) {
                continue;
            }
            if (film.isEmpty() && FILM.contains(column.toLowerCase(Locale.ROOT))) {
                film = Optional.of(resolved(list, value));
            } else if (column.equalsIgnoreCase(NAME)) {
                name = Optional.of(value);
            } else {
                about.put(column, value);
            }
        }
        var called = name;
        return film.map(path -> new ListedFilm(path, called, about));
    }

    private static String resolved(Path list, String film) {
        if (ADDRESS.matcher(film).matches()) {
            return film;
        }
        try {
            return list.toAbsolutePath().resolveSibling(film).toString();
        } catch (InvalidPathException e) {
            // Looking for it says so.
            return film;
        }
    }
}

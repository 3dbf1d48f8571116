package org.chromaprep.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A CSV file that says of each film what its folder does not: licence, source, whatever it has columns for. The column
 * {@code film} names a film's folder or file; a column {@code split}, if there is one, says which part it belongs to.
 * Immutable.
 */
public final class FilmTable {
    /** No table. */
    public static final FilmTable NONE = new FilmTable(Optional.empty(), Map.of());

    private static final String FILM = "film";
    private static final String SPLIT = "split";
    private static final long LARGEST = 16 << 20;

    private final Optional<Path> file;
    private final Map<String, Map<String, String>> rows;

    private FilmTable(Optional<Path> file, Map<String, Map<String, String>> rows) {
        this.file = file;
        this.rows = rows;
    }

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException if it is no such table or names a film twice
     */
    public static FilmTable read(Path file) {
        var rows = new LinkedHashMap<String, Map<String, String>>();
        try {
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException(
                        "The table " + file + " exceeds 16 MiB; it should hold a line a film.");
            }
            try (MappingIterator<Map<String, String>> lines = new CsvMapper()
                    .readerForMapOf(String.class)
                    .with(CsvSchema.emptySchema().withHeader())
                    .readValues(Files.readString(file))) {
                while (lines.hasNextValue()) {
                    var row = new LinkedHashMap<>(lines.nextValue());
                    var film = Optional.ofNullable(row.remove(FILM))
                            .orElseThrow(() -> new IllegalArgumentException("The table " + file
                                    + " has no column 'film'; add one with the films' folders or files."));
                    Optional.ofNullable(row.get(SPLIT)).ifPresent(split -> checkSplit(file, film, split));
                    if (rows.put(film.strip(), row) != null) {
                        throw new IllegalArgumentException(
                                "The table " + file + " names the film " + film + " twice; keep one line of it.");
                    }
                }
            }
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("The table " + file + " is not there; check the path.", e);
        } catch (IOException | RuntimeJsonMappingException e) {
            throw new IllegalArgumentException(
                    "The table " + file + " cannot be read as CSV (" + reason(e) + "); check the path and its lines.",
                    e);
        }
        return new FilmTable(Optional.of(file), rows);
    }

    private static String reason(Exception failure) {
        var cause = failure instanceof RuntimeJsonMappingException ? failure.getCause() : failure;
        return cause instanceof JsonProcessingException json && json.getLocation() != null
                ? "line " + json.getLocation().getLineNr() + ": " + json.getOriginalMessage()
                : String.valueOf(failure.getMessage());
    }

    private static void checkSplit(Path file, String film, String split) {
        if (!split.isBlank() && Split.byLabel(split.strip()).isEmpty()) {
            throw new IllegalArgumentException(
                    "The table " + file + " puts " + film + " into '" + split + "'; a split is train, val or test.");
        }
    }

    boolean exists() {
        return file.isPresent();
    }

    /** Where a film stands in the table, if it does. */
    int place(String name, String source) {
        var films = new ArrayList<>(rows.keySet());
        return films.contains(name) ? films.indexOf(name) : films.indexOf(source);
    }

    /** A film's columns, by its folder or file; empty where it has no line. */
    Optional<Map<String, String>> columns(String name, String source) {
        return Optional.ofNullable(rows.get(name)).or(() -> Optional.ofNullable(rows.get(source)));
    }

    /** The part that the table gives a film, if it does. */
    Optional<Split> split(String name, String source) {
        return columns(name, source)
                .flatMap(row -> Optional.ofNullable(row.get(SPLIT)))
                .map(String::strip)
                .flatMap(Split::byLabel);
    }

    /**
     * Refuses a table with lines for films that are not there, or for files whose name several films have.
     *
     * @param sources each folder's file name
     */
    void check(Map<String, String> sources) {
        var missing = rows.keySet().stream()
                .filter(film -> !sources.containsKey(film) && !sources.containsValue(film))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("The table " + file.orElseThrow() + " names " + missing.size()
                    + " films that are not here: " + String.join(", ", missing.subList(0, Math.min(5, missing.size())))
                    + (missing.size() > 5 ? ", ..." : "") + "; process them first, or remove their lines.");
        }
        for (var film : rows.keySet()) {
            var folders = sources.entrySet().stream()
                    .filter(source -> !rows.containsKey(source.getKey())
                            && source.getValue().equals(film))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
            if (!sources.containsKey(film) && folders.size() > 1) {
                throw new IllegalArgumentException("The table " + file.orElseThrow() + " has one line for " + film
                        + ", of which there are several: " + String.join(", ", folders)
                        + "; name these folders instead.");
            }
        }
    }
}

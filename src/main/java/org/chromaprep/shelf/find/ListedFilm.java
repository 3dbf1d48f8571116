package org.chromaprep.shelf.find;

import java.util.Map;
import java.util.Optional;

/**
 * A line of a list of films.
 *
 * @param film what it names, as an input is named; paths that count from the list's folder are whole
 * @param name of the output folder; empty for the usual one
 * @param about the other columns that are not empty
 */
public record ListedFilm(String film, Optional<String> name, Map<String, String> about) {}

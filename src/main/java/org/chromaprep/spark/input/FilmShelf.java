package org.chromaprep.spark.input;

import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** How ChromaPrep finds films and names their folders. */
interface FilmShelf {
    /**
     * A line of a list of films.
     *
     * @param facts the film, and the name of its folder if the list says it
     * @param about the other columns
     */
    record Line(Map<String, String> facts, Map<String, String> about) {
        String film() {
            return facts.getOrDefault("film", "");
        }
    }

    /**
     * A film that was found.
     *
     * @param file its first file
     * @param path below the folder that was named
     * @param name of its output folder
     * @param files how many it has
     * @param about what a list says of it
     */
    record Found(String file, String path, String name, int files, Map<String, String> about) {}

    /**
     * What is in files that others stand for.
     *
     * @param hash of the file that a stand-in stands for; empty for a file that is none
     * @param fetched a file with the content of the one that a stand-in stands for
     */
    record Content(UnaryOperator<String> hash, UnaryOperator<String> fetched) {}

    /**
     * What came of it.
     *
     * @param code the exit code that it is worth
     * @param results what there is
     * @param failures a sentence for each thing that cannot be had
     */
    record Outcome<T>(int code, List<T> results, List<String> failures) {}

    /** Reads a list. */
    Outcome<Line> lines(Path list);

    /** Finds and names films. */
    Outcome<Found> find(Map<String, List<String>> options, List<Line> listed, Content content, Writer err);
}

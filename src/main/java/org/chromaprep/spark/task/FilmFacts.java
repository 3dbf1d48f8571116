package org.chromaprep.spark.task;

import java.io.Serializable;
import java.util.Map;

/**
 * A film of a job.
 *
 * @param address of its file
 * @param path of its file relative to the folder that was named, or its file's name, with {@code /}
 * @param name of its output folder
 * @param about what a list says of it, such as licence and source
 */
public record FilmFacts(String address, String path, String name, Map<String, String> about) implements Serializable {
    /** The same with another output folder. */
    public FilmFacts named(String other) {
        return new FilmFacts(address, path, other, about);
    }

    /** Its file's name. */
    public String file() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}

package org.chromaprep.spark.input;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * A film of a job, as it was when the job began.
 *
 * @param address of its file
 * @param path of its file relative to the folder that was named, or its file's name, with {@code /}
 * @param name of its output folder
 * @param about what a list says of it, such as licence and source
 * @param bytes how many its file has
 * @param modified when its file was last written, in milliseconds since 1970
 */
public record InputFilm(String address, String path, String name, Map<String, String> about, long bytes, long modified)
        implements Serializable {
    public InputFilm {
        about = new TreeMap<>(about);
    }
}

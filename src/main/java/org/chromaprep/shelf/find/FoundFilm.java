package org.chromaprep.shelf.find;

import java.util.Map;
import java.util.Optional;
import org.chromaprep.video.SourceInput;

/**
 * A film that was found.
 *
 * @param input opens it
 * @param path of its file, or of its first picture, relative to the folder that was named, with {@code /} on every system; its
 *     name where it is no file
 * @param folderName what its output folder is to be called, where a list says so
 * @param about what a list says of it, by columns, such as licence and source
 */
public record FoundFilm(SourceInput input, String path, Optional<String> folderName, Map<String, String> about) {
    public FoundFilm {
        about = Map.copyOf(about);
    }

    FoundFilm(SourceInput input, String path) {
        this(input, path, Optional.empty(), Map.of());
    }

    FoundFilm with(Optional<String> name, Map<String, String> columns) {
        return new FoundFilm(input, path, name, columns);
    }
}

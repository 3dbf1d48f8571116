package org.chromaprep.pipeline;

import java.util.Map;
import java.util.Optional;
import org.chromaprep.video.SourceInput;

/**
 * A film that is to be processed.
 *
 * @param input the film
 * @param name of its output folder
 * @param overwrite whether what another run of the same film left is replaced
 * @param path of its file, or of its first picture, relative to the folder that the user named; empty where it is no file or nobody
 *     named a folder
 * @param about what the user's list says of it, such as licence and source
 */
public record FilmJob(
        SourceInput input, String name, boolean overwrite, Optional<String> path, Map<String, String> about) {
    public FilmJob {
        about = Map.copyOf(about);
    }

    /** A film that no folder or list of films leads to. */
    public FilmJob(SourceInput input, String name, boolean overwrite) {
        this(input, name, overwrite, Optional.empty(), Map.of());
    }

    /** The same, that replaces what another run left. */
    public FilmJob anew() {
        return new FilmJob(input, name, true, path, about);
    }

    /** The same, that replaces nothing. */
    public FilmJob continued() {
        return new FilmJob(input, name, false, path, about);
    }
}

package org.chromaprep.cli;

import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.source.Sources;

/** Names of films where exactly one is wanted. */
final class OneFilm {
    private OneFilm() {}

    /**
     * The one film that a text names, which can be opened as far as this machine is concerned.
     *
     * @throws UsageException if it names several
     * @throws SourceException if it names none, or this machine lacks what opening it takes
     */
    static SourceInput of(String text) throws SourceException {
        var inputs = Sources.expand(text);
        if (inputs.size() > 1) {
            throw new UsageException(
                    text + " names " + inputs.size() + " films, where one is wanted; name one of them, "
                            + inputs.get(0).name() + " say.");
        }
        inputs.get(0).demand();
        return inputs.get(0);
    }
}

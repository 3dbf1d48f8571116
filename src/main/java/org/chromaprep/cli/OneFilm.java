package org.chromaprep.cli;

import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.source.Sources;

/** Names of films where exactly one is wanted. */
final class OneFilm {
    private OneFilm() {}

    /**
     * The one film that a text names.
     *
     * @throws UsageException if it names several
     */
    static SourceInput of(String text) throws SourceException {
        var inputs = Sources.expand(text);
        if (inputs.size() > 1) {
            throw new UsageException(
                    text + " names " + inputs.size() + " films, where one is wanted; name one of them, "
                            + inputs.get(0).name() + " say.");
        }
        return inputs.get(0);
    }
}

package org.chromaprep.video.source;

import org.chromaprep.video.SourceException;

/** Ends the reading of a film whose disk cannot be read, through code that has an outcome for whatever is wrong with films. */
final class UnreadableDisk extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SourceException reason;

    UnreadableDisk(SourceException reason) {
        super(reason);
        this.reason = reason;
    }

    /** What the user is told. */
    SourceException reason() {
        return reason;
    }
}

package org.chromaprep.video;

/** An input cannot be opened or read. The message is a sentence for the user: what, which file, what to do. */
public class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}

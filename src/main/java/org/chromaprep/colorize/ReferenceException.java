package org.chromaprep.colorize;

/** A reference picture cannot be used, or none can. The message is a sentence for the user. */
public final class ReferenceException extends Exception {
    private static final long serialVersionUID = 1L;

    public ReferenceException(String message) {
        super(message);
    }

    public ReferenceException(String message, Throwable cause) {
        super(message, cause);
    }
}

package org.chromaprep.learn.fit;

/** A head cannot be fitted. The message is a sentence for the user. */
public final class FitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FitException(String message) {
        super(message);
    }

    public FitException(String message, Throwable cause) {
        super(message, cause);
    }
}

package org.chromaprep.dataset;

/** The output folder cannot be used: space, permission, another run. The message is a sentence for the user. */
public final class OutputException extends Exception {
    private static final long serialVersionUID = 1L;

    public OutputException(String message) {
        super(message);
    }

    public OutputException(String message, Throwable cause) {
        super(message, cause);
    }
}

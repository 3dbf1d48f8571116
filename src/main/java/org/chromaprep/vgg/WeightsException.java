package org.chromaprep.vgg;

/** Weights cannot be found, read or used. The message is a sentence for the user: what, which file, what to do. */
public final class WeightsException extends Exception {
    private static final long serialVersionUID = 1L;

    public WeightsException(String message) {
        super(message);
    }

    public WeightsException(String message, Throwable cause) {
        super(message, cause);
    }
}

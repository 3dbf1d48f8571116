package org.chromaprep.flow;

/** Optical flow cannot be had here. The message is a sentence for the user. */
public final class FlowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FlowException(String message, Throwable cause) {
        super(message, cause);
    }
}

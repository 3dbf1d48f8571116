package org.chromaprep.npy;

import java.io.IOException;

/** Bytes that are not an NPY file of a kind that is read here. The message is half a sentence: what is wrong. */
public final class NpyFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public NpyFormatException(String message) {
        super(message);
    }

    public NpyFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}

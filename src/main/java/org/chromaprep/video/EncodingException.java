package org.chromaprep.video;

/** A film cannot be written. The message is a sentence for the user: what, which file, what to do. */
public final class EncodingException extends Exception {
    private static final long serialVersionUID = 1L;

    public EncodingException(String message) {
        super(message);
    }

    public EncodingException(String message, Throwable cause) {
        super(message, cause);
    }
}

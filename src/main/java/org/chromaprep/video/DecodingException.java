package org.chromaprep.video;

/** A graphics card's decoder is not there, or fails. It would do so for any film. The message is a sentence for the user. */
public final class DecodingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DecodingException(String message) {
        super(message);
    }
}

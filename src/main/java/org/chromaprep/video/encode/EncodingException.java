package org.chromaprep.video.encode;

/** A film cannot be written. The message is a sentence for the user: what, which file, what to do. */
public final class EncodingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean ofTheDisk;

    public EncodingException(String message) {
        super(message);
        ofTheDisk = false;
    }

    /**
     * @param ofTheDisk whether nothing can be written there, for any film
     */
    EncodingException(String message, boolean ofTheDisk) {
        super(message);
        this.ofTheDisk = ofTheDisk;
    }

    /** The file system failed. */
    EncodingException(String message, Throwable cause) {
        super(message, cause);
        ofTheDisk = true;
    }

    /** Whether the disk or its permissions are to blame, so that other films will fare no better. */
    public boolean isOfTheDisk() {
        return ofTheDisk;
    }
}

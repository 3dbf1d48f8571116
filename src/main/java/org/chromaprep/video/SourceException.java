package org.chromaprep.video;

/** An input cannot be opened or read. The message is a sentence for the user: what, which file, what to do. */
public class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    private boolean ofTheDisk;
    private boolean ofAChange;

    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The disk could not be read, or not for a while, so that the same may succeed later. */
    public static SourceException ofTheDisk(String message) {
        var failure = new SourceException(message);
        failure.ofTheDisk = true;
        return failure;
    }

    /** Whether the disk could not be read, for all that is known of the film. */
    public boolean isOfTheDisk() {
        return ofTheDisk;
    }

    /** The film is not the one that was opened: what was read of it is of no film that there is. */
    public static SourceException ofAChange(String message) {
        var failure = new SourceException(message);
        failure.ofAChange = true;
        return failure;
    }

    /** Whether the film is not the one that was opened. */
    public boolean isOfAChange() {
        return ofAChange;
    }
}

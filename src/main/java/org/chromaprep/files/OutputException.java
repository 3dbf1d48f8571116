package org.chromaprep.files;

import java.util.OptionalLong;

/** The output folder cannot be used: space, permission, another run. The message is a sentence for the user. */
public final class OutputException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean ofTheDisk;
    private boolean ofDamage;
    private boolean ofParts;
    private boolean ofAnotherRun;
    private OptionalLong roomNeeded = OptionalLong.empty();

    /** A film's folder is refused for what is in it or who uses it. */
    public OutputException(String message) {
        super(message);
        ofTheDisk = false;
    }

    /** A film's folder is refused for what is in it. */
    public OutputException(String message, Throwable cause) {
        this(message, cause, false);
    }

    /**
     * @param ofTheDisk whether nothing can be written there, for any film
     */
    OutputException(String message, Throwable cause, boolean ofTheDisk) {
        super(message, cause);
        this.ofTheDisk = ofTheDisk;
    }

    /** What an unfinished run left is not as it was written, so that it cannot be continued. */
    public static OutputException ofDamage(String message) {
        var failure = new OutputException(message);
        failure.ofDamage = true;
        return failure;
    }

    /** Parts of an unfinished video are not as they were written, and forgotten: the run that continues makes them anew. */
    public static OutputException ofParts(String message) {
        var failure = new OutputException(message);
        failure.ofParts = true;
        return failure;
    }

    /** Another run writes to the folder now. */
    public static OutputException ofAnotherRun(String message) {
        var failure = new OutputException(message);
        failure.ofAnotherRun = true;
        return failure;
    }

    /**
     * The disk has no room for the film beside those that are processed now.
     *
     * @param needed bytes that it may write
     */
    static OutputException ofRoomForNow(String message, long needed) {
        var failure = new OutputException(message);
        failure.roomNeeded = OptionalLong.of(needed);
        return failure;
    }

    /** Bytes that the film may write, for which the disk may have room when others have ended; empty where that is not the reason. */
    public OptionalLong roomNeeded() {
        return roomNeeded;
    }

    /** Whether another run writes to the folder now, so that it is to be asked again later. */
    public boolean isOfAnotherRun() {
        return ofAnotherRun;
    }

    /** Whether a film's unfinished run is damaged, so that the film can only be begun anew. */
    public boolean isOfDamage() {
        return ofDamage;
    }

    /** Whether parts of a video were damaged and are forgotten, so that the film is to be continued. */
    public boolean isOfParts() {
        return ofParts;
    }

    /** Whether the disk or its permissions are to blame, so that other films will fare no better. */
    public boolean isOfTheDisk() {
        return ofTheDisk;
    }
}

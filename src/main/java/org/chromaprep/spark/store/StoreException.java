package org.chromaprep.spark.store;

/** Something about a store, or about the disk on this side of it, does not work. The message is a sentence for the user. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What is the matter, as far as it decides what may be done about it. */
    public enum Kind {
        /** The file is not there. */
        MISSING,
        /** The store does not let this user in, or does not exist, or cannot be used with these libraries and settings. */
        REFUSED,
        /** The store is full. */
        SPACE,
        /** The disk on this side of the store is full, or does not let this user write: another machine's may. */
        DISK,
        /** The store does not answer. */
        UNREACHABLE,
        /** The thread was interrupted, as Spark does to tasks that are no longer wanted. */
        INTERRUPTED,
        /** What is there is not what was asked for. */
        CHANGED,
        /** Anything else, which may well work when tried again. */
        OTHER
    }

    public StoreException(Kind kind, String sentence) {
        super(sentence);
        this.kind = kind;
    }

    public StoreException(Kind kind, String sentence, Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether nothing at all can be read or written there, so that other films will fare no better. */
    public boolean isOfTheStore() {
        return kind == Kind.REFUSED || kind == Kind.SPACE || kind == Kind.UNREACHABLE;
    }
}

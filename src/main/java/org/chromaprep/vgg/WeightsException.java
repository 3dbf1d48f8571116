package org.chromaprep.vgg;

import java.util.List;

/** Weights cannot be found, read or used. The message is a sentence for the user: what, which file, what to do. */
public final class WeightsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> remedies;

    public WeightsException(String message) {
        this(message, List.of());
    }

    /** @param remedies sentences about what helps, where there is more than a clause of the message can hold */
    public WeightsException(String message, List<String> remedies) {
        super(message);
        this.remedies = List.copyOf(remedies);
    }

    public WeightsException(String message, Throwable cause) {
        super(message, cause);
        this.remedies = List.of();
    }

    /** Sentences about what helps, to be shown each in a line of its own; empty where the message says it. */
    public List<String> remedies() {
        return remedies;
    }
}

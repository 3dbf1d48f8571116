package org.chromaprep.cli;

/** An option, a variable or a configuration key is wrong. The message is a sentence for the user. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}

package org.chromaprep.train;

/** A data set is no use for training; the message is a sentence for the user. */
public final class TrainException extends Exception {
    private static final long serialVersionUID = 1L;

    TrainException(String message) {
        super(message);
    }

    TrainException(String message, Throwable cause) {
        super(message, cause);
    }
}

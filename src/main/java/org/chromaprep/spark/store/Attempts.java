package org.chromaprep.spark.store;

import java.time.Duration;
import java.util.List;

/**
 * Does again what failed for no lasting reason: a connection that broke in the middle of a file. Stores that do not answer at all are
 * not asked again, for Hadoop's clients have done so for minutes. Stateless.
 *
 * @param pauses before the second attempt and those that follow it
 */
record Attempts(List<Duration> pauses) {
    /** What stores are asked with. */
    static final Attempts USUAL = new Attempts(List.of(Duration.ofSeconds(1), Duration.ofSeconds(5)));

    /** What may have to be done again. */
    interface Action<T> {
        T run() throws StoreException;
    }

    <T> T of(Action<T> action) throws StoreException {
        for (var pause : pauses) {
            try {
                return action.run();
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.OTHER) {
                    throw e;
                }
                rest(pause, e);
            }
        }
        return action.run();
    }

    private static void rest(Duration pause, StoreException last) throws StoreException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(
                    StoreException.Kind.INTERRUPTED,
                    String.valueOf(last.getMessage()) + " It was interrupted then.",
                    last);
        }
    }
}

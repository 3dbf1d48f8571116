package org.chromaprep.engine.pytorch;

import java.util.Optional;

/**
 * A fixed sequence of operations on tensors that stay where they are, to be done again and again in one stream. Where that is
 * possible it is recorded, and a card then does all of it with one launch. Made by {@link DeviceSequences}; whoever asked for it
 * closes it.
 */
interface DeviceSequence extends AutoCloseable {
    /** Queues the operations; to be called within {@link DeviceStream#run} of the sequence's stream. */
    void run();

    /**
     * Records the operations without doing them, so that from now on {@link #run} does what was recorded. To be called as {@link
     * #run} is, by a thread that has run the sequence before.
     *
     * @return why that is not possible; empty if it was done
     */
    Optional<String> record();

    /** Forgets what was recorded. */
    void forget();

    @Override
    void close();
}

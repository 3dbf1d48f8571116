package org.chromaprep.cli;

import org.chromaprep.pipeline.StopSignal;

/** Where it is learned that a command is to end early: from the user's signals, or from a program in whose process it runs. */
interface Stops {
    /** What lasts as long as the command. */
    interface Connection extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Begins to listen.
     *
     * @param stop is requested when the command is to end
     * @param messages may get a sentence about it
     */
    Connection connect(StopSignal stop, Messages messages);
}

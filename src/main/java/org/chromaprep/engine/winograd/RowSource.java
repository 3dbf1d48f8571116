package org.chromaprep.engine.winograd;

/** Computes a map's rows as they are asked for. */
@FunctionalInterface
interface RowSource {
    /** A map that is there. */
    RowSource READY = until -> {};

    /**
     * Makes rows.
     *
     * @param until the row behind the last that must be there; it may lie beyond the map
     */
    void makeUntil(int until);
}

package org.chromaprep.engine.pytorch;

import java.util.concurrent.atomic.LongAdder;

/**
 * What an engine's host and device had to say to each other: copies between their memories, and waits of the host for the
 * device. Both cost far more than their bytes. Safe for use by several threads.
 */
final class DeviceTraffic {
    private final LongAdder copies = new LongAdder();
    private final LongAdder waits = new LongAdder();
    private final LongAdder recorded = new LongAdder();

    void copied() {
        copies.increment();
    }

    void waited() {
        waits.increment();
    }

    void recorded(int sequences) {
        recorded.add(sequences);
    }

    /** Sequences of operations that were recorded, to be asked for as one. */
    long recorded() {
        return recorded.sum();
    }

    /** Copies to and from the device so far. */
    long copies() {
        return copies.sum();
    }

    /** How often the host has waited for the device so far. */
    long waits() {
        return waits.sum();
    }
}

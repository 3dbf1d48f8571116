package org.chromaprep.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tells samples that look like one taken before, of any film, by their perceptual hashes. Every sample is compared with
 * every one taken, whose hashes and keys stay in memory. Used by one thread.
 */
final class NearDuplicates {
    private static final int FIRST = 1024;

    private final Optional<Integer> minChange;
    private final List<String> keys = new ArrayList<>();
    private long[] hashes = new long[FIRST];

    /** @param minChange bits by which a sample must differ from every one taken before; empty to take all */
    NearDuplicates(Optional<Integer> minChange) {
        this.minChange = minChange;
    }

    /** Why a sample is to be left out; empty if it is to be taken. */
    Optional<String> refusal(String hash) {
        if (minChange.isEmpty()) {
            return Optional.empty();
        }
        var bits = Long.parseUnsignedLong(hash, 16);
        var nearest = 0;
        var least = Long.SIZE + 1;
        for (var i = 0; i < keys.size(); i++) {
            var distance = Long.bitCount(bits ^ hashes[i]);
            if (distance < least) {
                least = distance;
                nearest = i;
            }
        }
        return least < minChange.get()
                ? Optional.of("min-change " + minChange.get() + ": " + least + " bits from " + keys.get(nearest))
                : Optional.empty();
    }

    /** Remembers a sample that was taken. */
    void add(String key, String hash) {
        if (minChange.isEmpty()) {
            return;
        }
        if (keys.size() == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * hashes.length);
        }
        hashes[keys.size()] = Long.parseUnsignedLong(hash, 16);
        keys.add(key);
    }
}

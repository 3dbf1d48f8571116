package org.chromaprep.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells samples that look like one taken before, of any film, by their perceptual hashes. The hashes and keys of all that are taken
 * stay in memory. Used by one thread.
 */
final class NearDuplicates {
    private final Optional<Integer> minChange;
    private final List<String> keys = new ArrayList<>();
    private final HashIndex hashes;

    /** @param minChange bits by which a sample must differ from every one taken before; empty to take all */
    NearDuplicates(Optional<Integer> minChange) {
        this.minChange = minChange;
        this.hashes = new HashIndex(minChange.orElse(1) - 1);
    }

    /** Why a sample is to be left out; empty if it is to be taken. */
    Optional<String> refusal(String hash) {
        if (minChange.isEmpty()) {
            return Optional.empty();
        }
        var nearest = hashes.nearest(Long.parseUnsignedLong(hash, 16));
        return nearest.number() < 0
                ? Optional.empty()
                : Optional.of("min-change " + minChange.get() + ": " + nearest.distance() + " bits from "
                        + keys.get(nearest.number()));
    }

    /** Remembers a sample that was taken. */
    void add(String key, String hash) {
        if (minChange.isEmpty()) {
            return;
        }
        hashes.add(Long.parseUnsignedLong(hash, 16));
        keys.add(key);
    }
}

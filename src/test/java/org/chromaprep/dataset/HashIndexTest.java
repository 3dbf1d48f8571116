package org.chromaprep.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class HashIndexTest {
    private static HashIndex.Nearest naive(Iterable<Long> hashes, long wanted, int within) {
        var distance = within + 1;
        var nearest = -1;
        var number = 0;
        for (var hash : hashes) {
            if (Long.bitCount(hash ^ wanted) < distance) {
                distance = Long.bitCount(hash ^ wanted);
                nearest = number;
            }
            number++;
        }
        return new HashIndex.Nearest(distance, nearest);
    }

    /** Some hashes are drawn, most are others with a few bits flipped, so that there are near ones at any distance, and ties. */
    @Property(tries = 300)
    void itFindsWhatLookingAtAllFinds(@ForAll long seed, @ForAll @IntRange(max = 40) int within) {
        var random = new SplittableRandom(seed);
        var hashes = new ArrayList<Long>();
        var index = new HashIndex(within);
        for (var i = 0; i < 3000; i++) {
            var hash = random.nextLong();
            if (!hashes.isEmpty() && random.nextInt(10) > 0) {
                hash = hashes.get(random.nextInt(hashes.size()));
                for (var flips = random.nextInt(within + 5); flips > 0; flips--) {
                    hash ^= 1L << random.nextInt(64);
                }
            }
            if (i % 7 == 0) {
                assertThat(index.nearest(hash)).isEqualTo(naive(hashes, hash, within));
            }
            index.add(hash);
            hashes.add(hash);
        }
    }
}

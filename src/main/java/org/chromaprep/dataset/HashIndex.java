package org.chromaprep.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the nearest of many 64-bit hashes within a distance, without looking at all of them: multi-index hashing (Norouzi, Punjani
 * and Fleet, "Fast Exact Search in Hamming Space with Multi-Index Hashing"). Hashes are cut into four stretches. Two that differ by
 * few bits differ by a fourth of them at most in one of the stretches, and a table for each stretch has the hashes by what they have
 * there. Where distances are so large that too many places would have to be looked at, all hashes are. One thread.
 */
final class HashIndex {
    private static final int FIRST = 1024;
    private static final int NONE = -1;
    private static final int STRETCHES = 4;
    private static final int BITS = Long.SIZE / STRETCHES;
    /** A stretch's largest difference of bits that is looked up, at 697 of its 65,536 values; one more would take 2,517. */
    private static final int MOST_FLIPPED = 3;

    /** The distance of the nearest, and the number that it was added under. */
    record Nearest(int distance, int number) {}

    private final int within;
    private final List<Table> tables;
    private final int[] flips;
    private long[] hashes = new long[FIRST];
    private int count;

    /** One stretch of all hashes: for each value of it, the hash that was added last, and before each the one before. */
    private static final class Table {
        private final int shift;
        private final int[] last = new int[1 << BITS];
        private int[] before = new int[FIRST];

        Table(int stretch) {
            shift = stretch * BITS;
            Arrays.fill(last, NONE);
        }

        int value(long hash) {
            return (int) (hash >>> shift) & (1 << BITS) - 1;
        }

        void add(long hash, int number) {
            if (number == before.length) {
                before = Arrays.copyOf(before, 2 * number);
            }
            before[number] = last[value(hash)];
            last[value(hash)] = number;
        }
    }

    /** @param within distances that are asked for, 0 to 64 */
    HashIndex(int within) {
        this.within = within;
        var flipped = within / STRETCHES;
        tables = flipped > MOST_FLIPPED
                ? List.of()
                : IntStream.range(0, STRETCHES).mapToObj(Table::new).toList();
        flips = IntStream.range(0, 1 << BITS)
                .filter(value -> Integer.bitCount(value) <= flipped)
                .toArray();
    }

    /** Adds a hash under the next number, from 0. */
    void add(long hash) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * count);
        }
        hashes[count] = hash;
        for (var table : tables) {
            table.add(hash, count);
        }
        count++;
    }

    /**
     * The hash nearest to one, the first of those that are equally near.
     *
     * @return number {@code -1} where none is near enough
     */
    Nearest nearest(long hash) {
        var distance = within + 1;
        var number = NONE;
        if (tables.isEmpty()) {
            for (var i = 0; i < count; i++) {
                var each = Long.bitCount(hashes[i] ^ hash);
                if (each < distance) {
                    distance = each;
                    number = i;
                }
            }
            return new Nearest(distance, number);
        }
        for (var table : tables) {
            var value = table.value(hash);
            for (var flip : flips) {
                for (var i = table.last[value ^ flip]; i != NONE; i = table.before[i]) {
                    var each = Long.bitCount(hashes[i] ^ hash);
                    if (each < distance || each == distance && i < number) {
                        distance = each;
                        number = i;
                    }
                }
            }
        }
        return new Nearest(distance, number);
    }
}

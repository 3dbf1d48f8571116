package org.chromaprep.video.source;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Counts on where a container's counter runs over, such as MPEG-TS's after 2^33 ticks. Time stamps that come one after the
 * other lie near each other; where the counter's next round is near and the same round is not, it has run over. One thread.
 */
final class ClockCounter {
    /** Bits of counters that never run over. */
    static final int ENDLESS = 63;

    private final long period;
    private final long near;
    private long rounds;
    private OptionalLong last = OptionalLong.empty();

    /**
     * @param bits of the counter
     * @param near how far time stamps lie from each other at most, in ticks, unless the clock jumps
     * @param start a time stamp that the first one is near to, where one is known
     */
    ClockCounter(int bits, long near, OptionalLong start) {
        this.period = bits >= ENDLESS ? 0 : 1L << bits;
        this.near = near;
        this.last = start;
    }

    void save(DataOutput out) throws IOException {
        out.writeLong(rounds);
        Keeping.write(out, last);
    }

    /** Takes over what another one has saved. */
    void restore(DataInput in) throws IOException {
        rounds = in.readLong();
        last = Keeping.number(in);
    }

    /** A time stamp of the next packet, counted on. */
    long next(long given) {
        var number = of(given);
        rounds = number - given;
        last = OptionalLong.of(number);
        return number;
    }

    /** Another time stamp of the same packet, counted on. */
    long of(long given) {
        for (var round : new long[] {rounds, rounds + period, rounds - period}) {
            if (last.isPresent() && Math.abs(given + round - last.getAsLong()) <= near) {
                return given + round;
            }
        }
        return given + rounds;
    }
}

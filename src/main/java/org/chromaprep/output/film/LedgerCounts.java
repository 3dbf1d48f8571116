package org.chromaprep.output.film;

import java.util.List;

/**
 * How many frames had which outcome.
 *
 * @param decoded frames that came out of the decoder
 * @param written of these, processed
 * @param skipped of these, left out by request
 * @param dropped of these, left out by a live source
 * @param lost frames that could not be decoded
 */
public record LedgerCounts(long decoded, long written, long skipped, long dropped, long lost) {
    /** Nothing yet. */
    public static final LedgerCounts NONE = new LedgerCounts(0, 0, 0, 0, 0);

    /** The counts of some lines. */
    public static LedgerCounts of(List<LedgerLine> lines) {
        var counts = NONE;
        for (var line : lines) {
            counts = counts.plus(line);
        }
        return counts;
    }

    /** These counts and those of other frames. */
    public LedgerCounts plus(LedgerCounts more) {
        return new LedgerCounts(
                decoded + more.decoded,
                written + more.written,
                skipped + more.skipped,
                dropped + more.dropped,
                lost + more.lost);
    }

    /** These counts and one more line. */
    LedgerCounts plus(LedgerLine line) {
        return switch (line.outcome()) {
            case WRITTEN -> new LedgerCounts(decoded + 1, written + 1, skipped, dropped, lost);
            case SKIPPED -> new LedgerCounts(decoded + 1, written, skipped + 1, dropped, lost);
            case DROPPED -> new LedgerCounts(decoded + 1, written, skipped, dropped + 1, lost);
            case LOST -> new LedgerCounts(decoded, written, skipped, dropped, lost + 1);
        };
    }
}

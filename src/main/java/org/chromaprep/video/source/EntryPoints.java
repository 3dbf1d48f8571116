package org.chromaprep.video.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Where a film can be entered to come to the place that reading has reached: at a key frame that lies so far back that what follows it
 * shows whether the decoder came into tune, the next key frame included. One thread.
 */
final class EntryPoints {
    /** Frames, at least, that are compared before the first that counts. */
    private static final int RUN = 24;

    private static final int STEP = RUN / 2;

    private final Deque<Point> points = new ArrayDeque<>();

    private record Point(long results, byte[] state) {}

    /** Whether another point is of use. */
    boolean want(long results) {
        return points.isEmpty() || results - points.getLast().results() >= STEP;
    }

    /**
     * A key frame comes next.
     *
     * @param results that came before it
     * @param state of the reader
     */
    void add(long results, byte[] state) {
        points.addLast(new Point(results, state));
    }

    /** The last state that is far enough back, if there is one. */
    Optional<byte[]> before(long results) {
        var isFar = false;
        while (points.size() > 1 && points.getFirst().results() + RUN <= results) {
            var first = points.removeFirst();
            var next = points.getFirst();
            if (points.size() == 1 || next.results() + RUN > results) {
                points.addFirst(first);
                isFar = true;
                break;
            }
        }
        return isFar ? Optional.of(points.getFirst().state()) : Optional.empty();
    }
}

package org.chromaprep.video.source;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds packets that a decoder swallows without an error and without a frame, as it does before the first key frame.
 * Frames come in display order, so a packet that is earlier than a frame and still has none will never have one.
 */
final class LossTracker {
    private final TreeSet<Long> waiting = new TreeSet<>();
    private boolean tracking;

    /**
     * @param tracking whether every packet of the stream is to give one frame
     */
    LossTracker(boolean tracking) {
        this.tracking = tracking;
    }

    void sent(long pts) {
        if (tracking) {
            waiting.add(pts);
        }
    }

    /** The packet's loss is reported already. */
    void reported(long pts) {
        waiting.remove(pts);
    }

    /** Two packets may make one frame from here on, as with interlaced films. */
    void stop() {
        tracking = false;
        waiting.clear();
    }

    /** A frame came out; which packets before it are lost, in order. */
    List<Long> shown(long pts) {
        waiting.remove(pts);
        return drain(waiting.headSet(pts));
    }

    /** No more frames come; which packets are lost, in order. */
    List<Long> ended() {
        return drain(waiting);
    }

    private static List<Long> drain(SortedSet<Long> lost) {
        var result = new ArrayList<>(lost);
        lost.clear();
        return result;
    }
}

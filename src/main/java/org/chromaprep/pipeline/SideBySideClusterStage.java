package org.chromaprep.pipeline;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Clusters frames that have nothing to do with each other at the same time. Several of these stages share the frames, each in a thread
 * of its own; or a single one has a few frames under way, where each continues by itself on an engine's device. Results are those of
 * {@link ClusterStage}. Whoever makes one closes it, after the ring has stopped.
 */
final class SideBySideClusterStage implements StageHandler.Work, AutoCloseable {
    /** More would not fill a card any better, and each has memory of its own there. */
    private static final int MOST = 4;

    private record UnderWay(FrameSlot slot, PictureClusterer.Begun begun) {}

    private final PictureClusterer clusterer;
    private final int index;
    private final int stages;
    private final Queue<UnderWay> underWay = new ArrayDeque<>();
    private long frames;

    /**
     * @param clusterer of independent mode, this stage's own
     * @param index of this stage among those that share the frames
     * @param stages that share the frames
     */
    SideBySideClusterStage(PictureClusterer clusterer, int index, int stages) {
        this.clusterer = clusterer;
        this.index = index;
        this.stages = stages;
    }

    @Override
    public boolean accept(FrameSlot slot) {
        return accept(slot, true) > 0;
    }

    @Override
    public int accept(FrameSlot slot, boolean last) {
        var finished = 0;
        if (slot.isFrame() && frames++ % stages == index) {
            // Frames of one picture share maps, and what comes of one goes where the other's came.
            if (underWay.stream().anyMatch(each -> each.slot.maps() == slot.maps())) {
                finished += finishAll();
            }
            synchronized (slot.maps()) {
                underWay.add(new UnderWay(
                        slot,
                        clusterer.begin(
                                slot.maps().matrix(),
                                slot.looked.area,
                                slot.decoded.picture.time().index(),
                                true)));
                // Another stage's frame may have the same picture, so maps are not kept beyond this.
                if (stages > 1 || !underWay.element().begun.continuesByItself()) {
                    finished += finishAll();
                }
            }
        }
        return last || underWay.size() == MOST ? finished + finishAll() : finished;
    }

    /** Whether frames that were accepted are still under way. */
    boolean holds() {
        return !underWay.isEmpty();
    }

    private int finishAll() {
        var finished = underWay.size();
        while (!underWay.isEmpty()) {
            var next = underWay.remove();
            synchronized (next.slot.maps()) {
                clusterer.finish(next.begun, next.slot.clustered.clustering);
                clusterer.average(next.slot.clustered.average);
            }
        }
        return finished;
    }

    @Override
    public void close() {
        underWay.forEach(each -> each.begun.close());
        underWay.clear();
    }
}

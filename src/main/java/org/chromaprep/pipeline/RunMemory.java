package org.chromaprep.pipeline;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.chromaprep.cluster.Clustering;
import org.chromaprep.engine.ForwardWorker;
import org.chromaprep.pipeline.colour.FrameColours;
import org.chromaprep.video.PlanePicture;

/**
 * A run's big memory: the slots of its ring and the workers with their scratch memory. To make it takes seconds on large grids, so a
 * request to stop is looked for all the while. Whoever made it closes it, after the threads that use it have ended.
 */
final class RunMemory implements AutoCloseable {
    private final RunSetup setup;
    private final Owned owned = new Owned();
    private final List<FrameSlot> slots = new ArrayList<>();
    private final List<ForwardWorker> workers = new ArrayList<>();

    RunMemory(RunSetup setup) {
        this.setup = setup;
    }

    /**
     * Makes all of it. If memory runs out, what was made is freed by {@link #close}, as ever.
     *
     * @return whether it is all there; not where a stop was requested meanwhile
     * @throws org.chromaprep.engine.EngineException if memory runs out
     */
    boolean make() {
        // Maps lie outside of the heap and are freed when the collector finds their buffers unused, which it looks for
        // when the heap is
        // full: those of four films would be there by then.
        System.gc();
        while (slots.size() < setup.slots() && !setup.stop().requested()) {
            var slot = newSlot();
            owned.add(slot::close);
            slots.add(slot);
        }
        while (workers.size() < setup.workers() && !setup.stop().requested()) {
            var worker = setup.engine().newWorker();
            owned.add(worker::close);
            workers.add(worker);
        }
        return slots.size() == setup.slots() && workers.size() == setup.workers();
    }

    private FrameSlot newSlot() {
        var grid = setup.settings().grid();
        var features = setup.engine().newFrameFeatures(grid);
        try {
            var clustering = new Clustering(
                    Math.max(1, setup.settings().clusters()),
                    Math.max(1, setup.engine().plan().features()),
                    grid.pixels());
            var colours = setup.colours()
                    .map(each -> new ColouredFrame(
                            new FrameColours(grid),
                            new PlanePicture(each.encoder().planes().orElseThrow())));
            var slot = new FrameSlot(features, clustering, setup.canvasPixels());
            colours.ifPresent(slot::makeRoom);
            return slot;
        } catch (RuntimeException | Error e) {
            features.close();
            throw e;
        }
    }

    /** The slots, each once, as the ring takes them. */
    Iterator<FrameSlot> slots() {
        return List.copyOf(slots).iterator();
    }

    /** The workers. */
    List<ForwardWorker> workers() {
        return List.copyOf(workers);
    }

    @Override
    public void close() {
        owned.close();
    }
}

package org.chromaprep.colorize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import org.chromaprep.engine.Engine;
import org.chromaprep.flow.DenseFlow;
import org.chromaprep.flow.ShotFlow;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnTotals;
import org.chromaprep.learn.Head;
import org.chromaprep.vgg.Preprocessing;

/**
 * Learns a shot's colours from its references: follows them through the shot, and fits heads to them and to what they carried
 * to some other frames. Whoever makes one closes it, before the engine. One thread at a time.
 */
final class ShotLearner implements AutoCloseable {
    /** Frames between two anchors: optical flow that is followed over more of them loses what moves fast. */
    static final int ANCHOR_STEP = 4;
    /** Anchors of a shot at most; longer ones have them further apart. */
    static final int MOST_ANCHORS = 300;
    /** Frames beside the references that heads learn from: a shot's looks, at little more than one fit's time. */
    static final int CARRIED_FRAMES = 8;

    private final Grid grid;
    private final FrameNetwork network;
    private final Lessons lessons;
    private final Optional<DenseFlow> flow;

    /**
     * @param engine stays the caller's
     * @param threads fit heads; stay the caller's
     * @param withFlow whether colours are carried along the optical flow
     */
    ShotLearner(
            Engine engine,
            Preprocessing preprocessing,
            Grid grid,
            ExecutorService threads,
            long seed,
            boolean withFlow) {
        this.grid = grid;
        flow = withFlow ? Optional.of(new DenseFlow(grid)) : Optional.empty();
        network = new FrameNetwork(engine, preprocessing, grid);
        lessons = new Lessons(network, grid, threads, seed);
    }

    /** How far a shot's anchors are apart. */
    static int anchorStep(long frames) {
        return (int) Math.max(ANCHOR_STEP, (frames + MOST_ANCHORS - 1) / MOST_ANCHORS);
    }

    /** Whether a frame is one of its shot's anchors, references aside. */
    static boolean isAnchor(Shot shot, long frame) {
        return (frame - shot.first()) % anchorStep(shot.frames()) == 0 || frame == shot.last();
    }

    /**
     * Learns.
     *
     * @param references of the shot, ascending, at least one
     * @param frames numbers of the shot's anchors from its first frame on, ascending, the references among them; without flow,
     *     the references alone
     * @param lumas their grey values
     * @param known heads that were fitted by an earlier run of the same; none for a fit
     * @return empty if it was cancelled
     */
    Optional<ShotColours> learn(
            Shot shot,
            List<Reference> references,
            int[] frames,
            List<byte[]> lumas,
            List<Head> known,
            BooleanSupplier cancelled)
            throws InterruptedException {
        var followed = flow.map(each -> new ShotFlow(
                each,
                grid,
                frames,
                lumas,
                references.stream()
                        .mapToInt(reference -> (int) (reference.frame() - shot.first()))
                        .toArray(),
                references.stream().map(reference -> reference.picture().ab()).toList(),
                cancelled));
        var heads = known.isEmpty() && !cancelled.getAsBoolean()
                ? lessons.learn(lessonsOf(shot, references, frames, lumas, followed), cancelled)
                : known;
        if (heads.isEmpty() || cancelled.getAsBoolean()) {
            return Optional.empty();
        }
        return Optional.of(ShotColours.of(
                shot, ShotColours.OWN, references.stream().map(Reference::frame).toList(), heads, grid, followed));
    }

    /** Fits heads to references alone, wherever they are. */
    List<Head> learn(List<Reference> references, BooleanSupplier cancelled) throws InterruptedException {
        return lessons.learn(
                references.stream()
                        .map(each -> Lesson.known(each.luma(), each.picture().ab()))
                        .toList(),
                cancelled);
    }

    /** The mean of a frame's hypercolumns. */
    double[] meanHypercolumn(byte[] luma) {
        try (var features = network.forward(luma)) {
            var totals = new HypercolumnTotals();
            features.matrix().totals(totals, new float[0], 0, new float[0]);
            return Arrays.stream(totals.features())
                    .map(sum -> sum / grid.pixels())
                    .toArray();
        }
    }

    private List<Lesson> lessonsOf(
            Shot shot, List<Reference> references, int[] frames, List<byte[]> lumas, Optional<ShotFlow> followed) {
        var list = new ArrayList<Lesson>();
        references.forEach(
                each -> list.add(Lesson.known(each.luma(), each.picture().ab())));
        if (followed.isEmpty()) {
            return list;
        }
        var others = new ArrayList<Integer>();
        for (var i = 0; i < frames.length; i++) {
            var frame = shot.first() + frames[i];
            if (references.stream().noneMatch(each -> each.frame() == frame)) {
                others.add(i);
            }
        }
        var count = Math.min(CARRIED_FRAMES, others.size());
        for (var i = 0; i < count; i++) {
            // The first and the last, and as evenly between as can be.
            var anchor = others.get(count == 1 ? 0 : (int) Math.round((double) i * (others.size() - 1) / (count - 1)));
            var ab = new float[2 * grid.pixels()];
            var weights = new float[grid.pixels()];
            followed.get().carry(flow.orElseThrow(), frames[anchor], lumas.get(anchor), ab, weights);
            list.add(new Lesson(lumas.get(anchor), ab, weights));
        }
        return list;
    }

    @Override
    public void close() {
        network.close();
        flow.ifPresent(DenseFlow::close);
    }
}

package org.chromaprep.pipeline;

import java.nio.FloatBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.chromaprep.cluster.ClusterState;
import org.chromaprep.cluster.Clustering;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.engine.NetworkInput;
import org.chromaprep.hypercolumn.GridArea;
import org.chromaprep.output.film.ColourRecord;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.shard.Member;
import org.chromaprep.output.shard.PartialShard;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult.LostFrame;

/**
 * One place of the ring: an event and the big buffers that every event in this place reuses. Of live runs it also carries
 * the outcomes {@code before} its frame, who has a {@code hold} of that, and when it was {@code captured}.
 *
 * <p>The decoder's thread fills it, each stage adds to it, and the ring's barriers hand it from thread to thread. Owns its
 * picture and feature maps; whoever made the slot closes it, after the ring has stopped.
 */
final class FrameSlot implements AutoCloseable {
    /** What an event is. */
    sealed interface Event {
        /**
         * A frame to process.
         *
         * @param turn counts the frames to process, so that workers share them evenly
         */
        record Frame(long turn) implements Event {}

        /**
         * A frame skipped by request.
         *
         * @param reason as the ledger tells it
         */
        record Skipped(String reason) implements Event {}

        /**
         * A frame that could not be decoded.
         *
         * @param frame what is known of it
         */
        record Lost(LostFrame frame) implements Event {}

        /** No frame: what came before in the source has its outcome, and that is all. */
        record Noted() implements Event {}

        /** Something whose outcome an earlier run has written. */
        record Known() implements Event {}

        /** Something that a request to stop leaves to the run that goes on. */
        record Left() implements Event {}

        /**
         * The run's end.
         *
         * @param whole whether it is also the end of the film, or of the part asked for
         */
        record End(boolean whole) implements Event {}
    }

    final Picture picture;
    final byte[] luma;
    final FloatBuffer input;
    final FrameFeatures features;
    final float[] average;
    final int[] canvas;
    final FrameHold hold = new FrameHold();
    final List<LedgerLine> before = new ArrayList<>();

    Clustering clustering;
    private AtomicInteger borrowers = new AtomicInteger();
    private AtomicInteger borrowersBefore = borrowers;
    private Optional<FrameSlot> lender = Optional.empty();
    private AtomicInteger loan = borrowers;
    Event event = new Event.End(false);
    Optional<SceneWatch.Sight> sight = Optional.empty();
    /** Whether an earlier run has written the frame's outcome, so that only its picture of the video is made anew. */
    boolean again;
    long hash;
    GridArea area;
    int clipFrame;
    byte[] seen = {};
    Optional<ClusterState> clusterState = Optional.empty();
    /** The members of the frame's sample; empty if it has none. */
    List<Member> sample = List.of();
    Optional<String> shard = Optional.empty();
    boolean endsShard;
    /** The shard in hand up to this frame, where it was brought to the disk for a commit. */
    Optional<PartialShard> partial = Optional.empty();
    long float16Saturated;
    Optional<int[]> sampledPixels = Optional.empty();
    long videoPts;
    OptionalLong videoEnd = OptionalLong.empty();
    long captured;
    Optional<Instant> began = Optional.empty();
    Optional<String> remark = Optional.empty();
    Optional<ColourRecord> colour = Optional.empty();
    private Optional<ColouredFrame> coloured = Optional.empty();

    /**
     * @param features the slot's memory for maps, which it then owns
     * @param clustering the slot's result of k-means; of no use where there is no clustering
     * @param canvasPixels pixels of the annotated picture; 0 for none
     */
    FrameSlot(FrameFeatures features, Clustering clustering, int canvasPixels) {
        var pixels = features.matrix().grid().pixels();
        this.picture = new Picture();
        this.features = features;
        this.clustering = clustering;
        this.luma = new byte[pixels];
        this.area = GridArea.whole(features.matrix().grid());
        this.input = NetworkInput.allocate(pixels);
        this.average = new float[pixels];
        this.canvas = new int[canvasPixels];
    }

    /** Gives the slot room for colours, which runs that colour films need. */
    void makeRoom(ColouredFrame room) {
        coloured = Optional.of(room);
    }

    /** The frame's colours and its coloured picture. */
    ColouredFrame coloured() {
        return coloured.orElseThrow();
    }

    /** The frame's maps: those of this slot, or of the one that a frame with the same picture was computed in. */
    FrameFeatures maps() {
        return lender.map(each -> each.features).orElse(features);
    }

    /** Whether another slot's maps are the frame's, so that there is nothing to compute. */
    boolean borrows() {
        return lender.isPresent();
    }

    /** Makes the frame one whose maps are computed here, which those of other frames after it may borrow. */
    void lend() {
        borrowersBefore = borrowers;
        borrowers = new AtomicInteger();
    }

    /** Lets this slot's frame have the maps of another or of this slot, where they are or will be computed. */
    void borrow(FrameSlot owner) {
        loan = owner.borrowers;
        loan.incrementAndGet();
        lender = Optional.of(owner);
    }

    /** Ends what {@link #borrow} began; the last thing done with an event. */
    void giveBack() {
        lender.ifPresent(owner -> loan.decrementAndGet());
        lender = Optional.empty();
    }

    /** Whether no frame needs the maps any more that were here before this slot's frame, which may then take their place. */
    boolean isFree() {
        return borrowersBefore.get() == 0;
    }

    /** The grey values of the frame's picture, without the bars beside it. */
    byte[] inside() {
        var grid = features.matrix().grid();
        if (area.covers(grid)) {
            return luma;
        }
        var inside = new byte[area.grid().pixels()];
        for (var pixel = 0; pixel < inside.length; pixel++) {
            inside[pixel] = luma[area.outer(pixel, grid)];
        }
        return inside;
    }

    /** The frame's scene, once it was looked at. */
    int scene() {
        return sight.orElseThrow().place().scene();
    }

    /** Whether this event is a frame to process. */
    boolean isFrame() {
        return event instanceof Event.Frame;
    }

    @Override
    public void close() {
        picture.close();
        features.close();
    }
}

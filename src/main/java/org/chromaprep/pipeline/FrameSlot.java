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
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.GridArea;
import org.chromaprep.output.film.ColourRecord;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.shard.Member;
import org.chromaprep.output.shard.PartialShard;
import org.chromaprep.video.FilmPlace;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult.LostFrame;

/**
 * One place of the ring: an event and the big buffers that every event in this place reuses, in groups by who writes them.
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
         * @param reason as the ledger records it
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

        /** Something that a request to stop leaves to the run that continues. */
        record Left() implements Event {}

        /**
         * The run's end.
         *
         * @param whole whether it is also the end of the film, or of the part asked for
         */
        record End(boolean whole) implements Event {}
    }

    /** What the decoder's thread writes. */
    static final class Decoded {
        final Picture picture = new Picture();
        /** Outcomes that come before the frame's. */
        final List<LedgerLine> before = new ArrayList<>();
        /** Who has a hold of a frame that happens now. */
        final FrameHold hold = new FrameHold();

        Event event = new Event.End(false);
        /** Where the film's reader stands behind the event. */
        Optional<FilmPlace> place = Optional.empty();
        /** Whether an earlier run has written the frame's outcome, so that only its picture of the video is made anew. */
        boolean again;

        int clipFrame;
        long videoPts;
        OptionalLong videoEnd = OptionalLong.empty();
        /** When a frame that happens now was captured, in nanoseconds of {@link System#nanoTime}. */
        long captured;

        Optional<Instant> began = Optional.empty();

        private Decoded() {}
    }

    /** What the stage writes that looks at the picture: its grey values, what the network gets, its scene and hash. */
    static final class Looked {
        final byte[] luma;
        final FloatBuffer input;
        GridArea area;
        Optional<SceneWatch.Sight> sight = Optional.empty();
        long hash;
        byte[] seen = {};
        /** Whether a part of the film, other than the first, begins with this frame. */
        boolean beginsPart;

        Optional<int[]> sampledPixels = Optional.empty();

        private Looked(Grid grid) {
            luma = new byte[grid.pixels()];
            input = NetworkInput.allocate(grid.pixels());
            area = GridArea.whole(grid);
        }
    }

    /** What the stage writes that clusters. */
    static final class Clustered {
        final float[] average;
        Clustering clustering;
        Optional<ClusterState> clusterState = Optional.empty();

        private Clustered(Clustering clustering, int pixels) {
            this.clustering = clustering;
            this.average = new float[pixels];
        }
    }

    /** What the stage writes that puts the sample together. */
    static final class Dumped {
        /** The members of the frame's sample; empty if it has none. */
        List<Member> sample = List.of();

        long float16Saturated;

        private Dumped() {}
    }

    /** What the stage writes that fills shards. */
    static final class Stored {
        Optional<String> shard = Optional.empty();
        boolean endsShard;
        /** Whether the shard in hand was ended before this frame's sample, since a part begins with it. */
        boolean endsShardBefore;
        /** The shard in hand up to this frame, where it was brought to the disk for a commit. */
        Optional<PartialShard> partial = Optional.empty();

        private Stored() {}
    }

    final Decoded decoded = new Decoded();
    final Looked looked;
    final FrameFeatures features;
    final Clustered clustered;
    final Dumped dumped = new Dumped();
    final Stored stored = new Stored();
    /** The annotated picture. */
    final int[] canvas;
    /** What is odd about the frame; each stage may add to it. */
    Optional<String> remark = Optional.empty();
    /** What the ledger says of how the frame was coloured. */
    Optional<ColourRecord> colour = Optional.empty();

    private AtomicInteger borrowers = new AtomicInteger();
    private AtomicInteger borrowersBefore = borrowers;
    private Optional<FrameSlot> lender = Optional.empty();
    private AtomicInteger loan = borrowers;
    private Optional<ColouredFrame> coloured = Optional.empty();

    /**
     * @param features the slot's memory for maps, which it then owns
     * @param clustering the slot's result of k-means; of no use where there is no clustering
     * @param canvasPixels pixels of the annotated picture; 0 for none
     */
    FrameSlot(FrameFeatures features, Clustering clustering, int canvasPixels) {
        var grid = features.matrix().grid();
        this.looked = new Looked(grid);
        this.features = features;
        this.clustered = new Clustered(clustering, grid.pixels());
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
        if (looked.area.covers(grid)) {
            return looked.luma;
        }
        var inside = new byte[looked.area.grid().pixels()];
        for (var pixel = 0; pixel < inside.length; pixel++) {
            inside[pixel] = looked.luma[looked.area.outer(pixel, grid)];
        }
        return inside;
    }

    /** The frame's scene, once it was looked at. */
    int scene() {
        return looked.sight.orElseThrow().place().scene();
    }

    /** Whether this event is a frame to process. */
    boolean isFrame() {
        return decoded.event instanceof Event.Frame;
    }

    @Override
    public void close() {
        decoded.picture.close();
        features.close();
    }
}

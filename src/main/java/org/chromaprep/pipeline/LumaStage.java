package org.chromaprep.pipeline;

import java.util.Optional;
import java.util.OptionalLong;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.GridArea;
import org.chromaprep.pipeline.sample.PixelSampler;
import org.chromaprep.pipeline.settings.FrameChoice;
import org.chromaprep.pipeline.settings.TakenFrames;
import org.chromaprep.scene.PerceptualHash;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.video.Framing;
import org.chromaprep.video.scale.GreyScaler;

/**
 * Turns a decoded picture into the grid's grey values, finds its scene, decides whether it is worth more, and turns the
 * grey values into the network's input, unless a frame before had the same. Ends the film behind the last frame that was asked for.
 */
final class LumaStage implements StageHandler.Work {
    private final GreyScaler scaler;
    private final Preprocessing preprocessing;
    private final Optional<SceneWatch> scenes;
    private final PerceptualHash hashes;
    private final FrameChoice choice;
    private final TakenFrames taken;
    private final RepeatedPictures repeated;
    private final Optional<PixelSampler> sampling;
    private final PartRule parts;
    private final RunState state;
    private long left;
    private long turn;
    private boolean ended;
    private boolean clipTaken;
    private int clipScene;
    private Optional<FrameSlot> computed = Optional.empty();

    /**
     * @param scenes finds the frames' scenes; empty where the decoder has done so
     * @param taken the frames taken by an earlier run; this stage's own from now on
     * @param repeated finds frames that need not be computed again
     * @param sampling chooses the pixels that are sampled; empty where that is done later or not at all
     * @param left how many more frames may be taken, where that is counted here
     * @param parts of the film, as far as an earlier run has written it
     * @param memory of an earlier run
     */
    LumaStage(
            GreyScaler scaler,
            Preprocessing preprocessing,
            Optional<SceneWatch> scenes,
            PerceptualHash hashes,
            FrameChoice choice,
            TakenFrames taken,
            RepeatedPictures repeated,
            Optional<PixelSampler> sampling,
            OptionalLong left,
            PartRule parts,
            ResumeState memory,
            RunState state) {
        this.clipTaken = memory.lastTaken();
        this.clipScene = memory.scene();
        this.scaler = scaler;
        this.preprocessing = preprocessing;
        this.scenes = scenes;
        this.hashes = hashes;
        this.choice = choice;
        this.taken = taken;
        this.repeated = repeated;
        this.sampling = sampling;
        this.left = left.orElse(Long.MAX_VALUE);
        this.parts = parts;
        this.state = state;
    }

    // Neighbours are alike: what a run's first frame shows decides on all of it, up to the scene's end.
    private Optional<String> refusal(FrameSlot slot) {
        if (slot.decoded.clipFrame == 0) {
            return choice.refusal(slot.inside(), slot.scene(), slot.looked.hash, taken);
        }
        if (!clipTaken) {
            return Optional.of("the frame before it in its run was left out");
        }
        return slot.scene() == clipScene ? Optional.empty() : Optional.of("a scene begins within its run");
    }

    /** Where in a grid a picture was put. */
    static GridArea area(Framing.Placement placement, Grid grid) {
        return new GridArea(
                (grid.height() - placement.height()) / 2,
                (grid.width() - placement.width()) / 2,
                new Grid(placement.height(), placement.width()));
    }

    @Override
    public boolean accept(FrameSlot slot) throws Exception {
        slot.looked.beginsPart = false;
        if (left == 0 && !(slot.decoded.event instanceof FrameSlot.Event.Known)) {
            slot.decoded.event = ended ? new FrameSlot.Event.Left() : new FrameSlot.Event.End(true);
            ended = true;
            state.suffice();
            return false;
        }
        var decoded = slot.isFrame() || slot.decoded.event instanceof FrameSlot.Event.Skipped;
        scenes.ifPresent(
                each -> slot.looked.sight = decoded ? Optional.of(each.look(slot.decoded.picture)) : Optional.empty());
        if (!slot.isFrame()) {
            return decoded;
        }
        scaler.scale(slot.decoded.picture, slot.looked.luma);
        slot.looked.area = area(scaler.placement(), slot.maps().matrix().grid());
        slot.looked.hash = hashes.of(slot.looked.sight.orElseThrow().thumbnail());
        var refusal = refusal(slot);
        clipTaken = refusal.isEmpty();
        clipScene = slot.scene();
        if (refusal.isPresent()) {
            slot.decoded.event = new FrameSlot.Event.Skipped(refusal.get());
            return true;
        }
        if (!choice.takesAll() && slot.decoded.clipFrame == 0) {
            taken.add(slot.scene(), slot.looked.hash);
        }
        left--;
        slot.looked.beginsPart = parts.begins(slot.decoded.picture.time().seconds(), slot.scene());
        slot.looked.sampledPixels = sampling.map(each ->
                each.pixels(slot.decoded.picture.time().index(), slot.looked.luma, slot.looked.area, Optional.empty()));
        var original =
                repeated.next(slot.looked.luma, slot.decoded.picture.time().index());
        slot.looked.seen = repeated.snapshot();
        original.ifPresent(frame -> slot.remark = Optional.of(
                slot.remark.map(remark -> remark + "; ").orElse("") + "the same picture as frame " + frame));
        if (original.isPresent() && computed.isPresent()) {
            slot.borrow(computed.get());
            slot.decoded.event = new FrameSlot.Event.Frame(turn - 1);
            return true;
        }
        slot.lend();
        computed = Optional.of(slot);
        // Workers take turns at the frames that are left, not at those that were read.
        slot.decoded.event = new FrameSlot.Event.Frame(turn++);
        preprocessing.fromLuma(slot.looked.luma, slot.looked.input);
        return true;
    }
}

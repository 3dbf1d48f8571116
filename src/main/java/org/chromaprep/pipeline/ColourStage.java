package org.chromaprep.pipeline;

import java.util.Optional;
import org.chromaprep.pipeline.colour.FrameColourist;
import org.chromaprep.pipeline.watch.RunMonitor;

/** Asks for each frame's colours, in frame order. */
final class ColourStage implements StageHandler.Work {
    private final FrameColourist colourist;
    private final Optional<WatcherAnswers> answers;

    /**
     * @param colourist stays the caller's
     * @param desk where the run is watched; empty for nowhere
     */
    ColourStage(FrameColourist colourist, Optional<RunMonitor> desk) {
        this.colourist = colourist;
        answers = desk.map(WatcherAnswers::new);
    }

    @Override
    public boolean accept(FrameSlot slot) throws Exception {
        if (!slot.isFrame()) {
            return false;
        }
        var coloured = slot.coloured();
        var outcome = colourist.colour(
                slot.decoded.picture.time().index(),
                slot.looked.luma,
                slot.maps().matrix(),
                coloured.colours());
        if (outcome.isEmpty()) {
            // The gate around this stage lets no further frame through.
            slot.decoded.event = new FrameSlot.Event.Left();
            return false;
        }
        answers.ifPresent(each -> each.give(slot, slot.maps().matrix()));
        slot.colour = outcome;
        return true;
    }
}

package org.chromaprep.pipeline;

import java.util.Optional;
import org.chromaprep.pipeline.colour.FrameColourist;

/** Asks for each frame's colours, in frame order. */
final class ColourStage implements StageHandler.Work {
    private final FrameColourist colourist;

    /** @param colourist stays the caller's */
    ColourStage(FrameColourist colourist) {
        this.colourist = colourist;
    }

    @Override
    public boolean accept(FrameSlot slot) throws Exception {
        if (!slot.isFrame()) {
            return false;
        }
        var coloured = slot.coloured();
        var told = colourist.colour(slot.picture.time().index(), slot.luma, slot.maps().matrix(), coloured.colours());
        if (told.isEmpty()) {
            // The gate around this stage lets no further frame through.
            slot.event = new FrameSlot.Event.Left();
            return false;
        }
        slot.colour = told;
        return true;
    }
}

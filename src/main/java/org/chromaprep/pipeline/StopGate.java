package org.chromaprep.pipeline;

/**
 * Guards a stage that sees all events in order: once a stop is requested, it lets none through any more but the end, and
 * marks them for the stages behind it. So a run that is to stop ends at once, wherever it is, and always before some frame.
 */
final class StopGate implements StageHandler.Work {
    private final StopSignal stop;
    private final StageHandler.Work guarded;
    private boolean shut;

    StopGate(StopSignal stop, StageHandler.Work guarded) {
        this.stop = stop;
        this.guarded = guarded;
    }

    @Override
    public boolean accept(FrameSlot slot) throws Exception {
        if (slot.decoded.event instanceof FrameSlot.Event.End end) {
            slot.decoded.event = new FrameSlot.Event.End(end.whole() && !shut);
            return guarded.accept(slot);
        }
        shut |= stop.requested();
        if (shut) {
            slot.decoded.event = new FrameSlot.Event.Left();
            return false;
        }
        var worked = guarded.accept(slot);
        // What was in the works when the stop came may have been abandoned.
        shut |= slot.decoded.event instanceof FrameSlot.Event.Left || stop.requested();
        if (shut) {
            slot.decoded.event = new FrameSlot.Event.Left();
        }
        return worked && !shut;
    }

    /** As the other one, but what is guarded is given every event: it may have gathered frames that are to be done now. */
    @Override
    public int accept(FrameSlot slot, boolean last) throws Exception {
        if (slot.decoded.event instanceof FrameSlot.Event.End end) {
            slot.decoded.event = new FrameSlot.Event.End(end.whole() && !shut);
        } else {
            shut |= stop.requested();
            slot.decoded.event = shut ? new FrameSlot.Event.Left() : slot.decoded.event;
        }
        return guarded.accept(slot, last);
    }
}

package org.chromaprep.pipeline;

import java.util.Optional;
import org.chromaprep.annotate.ComparisonPainter;
import org.chromaprep.pipeline.watch.RunMonitor;
import org.chromaprep.video.scale.PlaneColourer;

/** Paints each frame's coloured picture, and beside its grey one where that is wanted. Closes nothing. */
final class PaintStage implements StageHandler.Work {
    private final PlaneColourer colourer;
    private final Optional<ComparisonPainter> look;
    private final Optional<RunMonitor> desk;

    /**
     * @param colourer paints the coloured pictures; stays the caller's
     * @param look paints the pictures to look at
     * @param desk where these are shown, too
     */
    PaintStage(PlaneColourer colourer, Optional<ComparisonPainter> look, Optional<RunMonitor> desk) {
        this.colourer = colourer;
        this.look = look;
        this.desk = desk;
    }

    @Override
    public boolean accept(FrameSlot slot) {
        if (!slot.isFrame()) {
            return false;
        }
        var coloured = slot.coloured();
        var changed = coloured.colours().isGrey()
                ? colourer.paintGrey(slot.decoded.picture, coloured.planes())
                : colourer.paint(slot.decoded.picture, coloured.colours().ab(), coloured.planes());
        changed.ifPresent(what -> slot.remark =
                Optional.of(slot.remark.map(remark -> remark + "; ").orElse("") + what));
        look.ifPresent(each -> {
            each.paint(coloured.planes(), slot.canvas);
            desk.ifPresent(shown -> shown.painted(
                    slot.decoded.picture.time().index(),
                    slot.decoded.picture.time().seconds(),
                    each.canvasWidth(),
                    each.canvasHeight(),
                    slot.canvas));
        });
        return true;
    }
}

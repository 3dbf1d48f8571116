package org.chromaprep.pipeline;

import org.chromaprep.annotate.PanelPainter;
import org.chromaprep.video.ColourScaler;

/** Paints each frame's picture of the annotated video into its slot's canvas. */
final class AnnotateStage implements StageHandler.Work {
    private final ColourScaler scaler;
    private final PanelPainter painter;
    private final int[] source;

    /**
     * @param scaler gives the source picture in the painter's panel size
     * @param painter paints the canvas
     * @param sourcePixels pixels of a panel
     */
    AnnotateStage(ColourScaler scaler, PanelPainter painter, int sourcePixels) {
        this.scaler = scaler;
        this.painter = painter;
        this.source = new int[sourcePixels];
    }

    @Override
    public boolean accept(FrameSlot slot) throws Exception {
        if (!slot.isFrame()) {
            return false;
        }
        scaler.scale(slot.picture, source);
        painter.paint(source, slot.clustering.labels(), slot.average, slot.picture.time().seconds(),
                slot.picture.time().index(), slot.canvas);
        return true;
    }
}

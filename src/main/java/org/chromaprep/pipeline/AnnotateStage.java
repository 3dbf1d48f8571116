package org.chromaprep.pipeline;

import java.util.Optional;
import org.chromaprep.annotate.PanelPainter;
import org.chromaprep.pipeline.watch.RunMonitor;
import org.chromaprep.video.scale.ColourScaler;

/** Paints each frame's picture of the annotated video into its slot's canvas. */
final class AnnotateStage implements StageHandler.Work {
    /** As painters have it without being asked. */
    static final int USUAL_STRENGTH = 45;

    private final ColourScaler scaler;
    private final PanelPainter plain;
    private final Optional<RunMonitor> desk;
    private PanelPainter painter;
    private int clusters;
    private int strength = USUAL_STRENGTH;
    private final int[] source;

    /**
     * @param scaler gives the source picture in the painter's panel size
     * @param painter paints the canvas
     * @param sourcePixels pixels of a panel
     * @param desk where the pictures are shown too, and how they are to look
     */
    AnnotateStage(ColourScaler scaler, PanelPainter painter, int sourcePixels, Optional<RunMonitor> desk) {
        this.plain = painter;
        this.desk = desk;
        this.scaler = scaler;
        this.painter = painter;
        this.source = new int[sourcePixels];
    }

    @Override
    public boolean accept(FrameSlot slot) throws Exception {
        if (!slot.isFrame()) {
            return false;
        }
        desk.flatMap(RunMonitor::look).ifPresent(look -> adopt(slot.clustered.clustering.clusters(), look.strength()));
        scaler.scale(slot.decoded.picture, source);
        painter.paint(
                source,
                slot.clustered.clustering.labels(),
                slot.clustered.average,
                slot.decoded.picture.time().seconds(),
                slot.decoded.picture.time().index(),
                slot.canvas);
        desk.ifPresent(each -> each.painted(
                slot.decoded.picture.time().index(),
                slot.decoded.picture.time().seconds(),
                plain.canvasWidth(),
                plain.canvasHeight(),
                slot.canvas));
        return true;
    }

    private void adopt(int wantedClusters, int wantedStrength) {
        if (wantedClusters == clusters && wantedStrength == strength) {
            return;
        }
        clusters = wantedClusters;
        strength = wantedStrength;
        var other = plain.with(clusters, strength);
        // A video's size stays: a caption of one more line has no place in it.
        painter = other.canvasHeight() == plain.canvasHeight() && other.canvasWidth() == plain.canvasWidth()
                ? other
                : plain;
    }
}

package org.chromaprep.pipeline;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.chromaprep.hypercolumn.Crew;
import org.chromaprep.hypercolumn.HypercolumnMatrix;

/** Clusters each frame's hypercolumns in frame order and averages them for the heat map. */
final class ClusterStage implements StageHandler.Work {
    private final Crew crew;
    private final Optional<PictureClusterer> clusterer;
    private final BooleanSupplier leavesAverageOut;
    private final float[] meanWeights;
    private int lastScene;

    /**
     * @param crew helps with a frame's products
     * @param lastScene the scene of the frame before; -1 before the first
     * @param clusterer empty for no clustering
     * @param features of a hypercolumn
     * @param leavesAverageOut whether there is no time for the average now
     */
    ClusterStage(
            Crew crew,
            int lastScene,
            Optional<PictureClusterer> clusterer,
            int features,
            BooleanSupplier leavesAverageOut) {
        this.crew = crew;
        this.leavesAverageOut = leavesAverageOut;
        this.lastScene = lastScene;
        this.clusterer = clusterer;
        this.meanWeights = new float[features];
        Arrays.fill(meanWeights, 1f / features);
    }

    @Override
    public boolean accept(FrameSlot slot) {
        if (!slot.isFrame()) {
            return false;
        }
        slot.maps().matrix().use(crew);
        cluster(slot, slot.maps().matrix());
        return true;
    }

    /** Clusters and averages a frame by a matrix that may hold some of its maps only. */
    void cluster(FrameSlot slot, HypercolumnMatrix matrix) {
        var newScene = slot.scene() != lastScene;
        clusterer.ifPresent(each -> {
            each.cluster(
                    matrix, slot.looked.area, slot.decoded.picture.time().index(), newScene, slot.clustered.clustering);
            slot.clustered.clusterState = each.snapshot();
        });
        if (leavesAverageOut.getAsBoolean()) {
            Arrays.fill(slot.clustered.average, 0);
        } else {
            clusterer.ifPresentOrElse(
                    each -> each.average(slot.clustered.average),
                    () -> matrix.times(meanWeights, 1, slot.clustered.average));
        }
        lastScene = slot.scene();
    }
}

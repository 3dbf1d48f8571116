package org.chromaprep.pipeline;

import java.util.Arrays;
import java.util.Optional;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.cluster.SceneTracker;

/** Finds scene cuts, clusters each frame's hypercolumns in frame order and averages them for the heat map. */
final class ClusterStage implements StageHandler.Work {
    private final SceneTracker scenes;
    private final Optional<FrameClusterer> clusterer;
    private final float[] meanWeights;
    private int lastScene;

    /**
     * @param scenes the film's scene tracker, which may go on from an earlier run
     * @param lastScene the scene of the frame before; -1 before the first
     * @param clusterer empty for no clustering
     * @param features of a hypercolumn
     */
    ClusterStage(SceneTracker scenes, int lastScene, Optional<FrameClusterer> clusterer, int features) {
        this.scenes = scenes;
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
        var matrix = slot.features.matrix();
        slot.scene = scenes.accept(slot.luma);
        slot.sceneState = scenes.snapshot();
        var newScene = slot.scene != lastScene;
        clusterer.ifPresent(each -> {
            each.cluster(matrix, slot.picture.time().index(), newScene, slot.clustering);
            slot.clusterState = each.snapshot();
        });
        matrix.times(meanWeights, 1, slot.average);
        lastScene = slot.scene;
        return true;
    }
}

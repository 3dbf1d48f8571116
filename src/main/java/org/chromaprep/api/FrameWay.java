package org.chromaprep.api;

import java.util.Optional;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.video.Fit;

/**
 * What happens to a frame before and behind the network.
 *
 * @param grid the pixel grid
 * @param fit how pictures fill it
 * @param preprocessing of grey values
 * @param clustering empty for none
 * @param mode what frames' clusters have to do with each other
 */
record FrameWay(
        Grid grid,
        Fit fit,
        Preprocessing preprocessing,
        Optional<KMeansSettings> clustering,
        FrameClusterer.Mode mode) {}

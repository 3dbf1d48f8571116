package org.chromaprep.pipeline.sample;

import java.util.Optional;
import org.chromaprep.cluster.Clustering;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.GridArea;
import org.chromaprep.vgg.VggLayer;

/** What members are made of: one frame's numbers, valid until the next frame. One thread. */
public interface SampledFrame {
    /** Where in the grid the picture is; what lies beside it is black and no picture. */
    GridArea picture();

    /** Grey values on the grid, row by row. */
    byte[] luma();

    /** Labels, centroids and inertia; of no meaning where there are no clusters. */
    Clustering clustering();

    /** A layer's feature map. */
    FeatureMap map(VggLayer layer);

    /** The sampled grid pixels, ascending. */
    int[] pixels();

    /** The frame's colours; empty of films without colour targets. */
    Optional<GridColours> colours();

    /** a*, b* of every grid pixel, pixel by pixel; empty of films without colour targets. */
    default Optional<float[]> ab() {
        return colours().map(GridColours::ab);
    }

    /** Grey values in the film's own shape, row by row; none where no member asks for them. */
    byte[] filmLuma();

    /**
     * Hypercolumns of chosen grid pixels, one after the other, in the projection's components where there is one.
     *
     * @param pixels grid pixels
     * @param into room for as many hypercolumns
     */
    void gather(int[] pixels, float[] into);
}

package org.chromaprep.pipeline.sample;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.chromaprep.cluster.Clustering;
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

    /**
     * A layer's feature map in half precision.
     *
     * @param into receives it little-endian from its position on, which moves behind it
     * @return how many numbers were too large and became the largest half
     */
    long mapHalves(VggLayer layer, ByteBuffer into);

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
     * Hypercolumns of chosen grid pixels in half precision, one after the other, in the projection's components where there is
     * one.
     *
     * @param pixels grid pixels
     * @param into receives them little-endian from its position on, which moves behind them
     * @return how many numbers were too large and became the largest half
     */
    long gatherHalves(int[] pixels, ByteBuffer into);
}

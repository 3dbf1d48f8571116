package org.chromaprep.pipeline.colour;

import org.chromaprep.hypercolumn.Grid;

/**
 * One frame's colours on the grid: memory of a ring's slot that is written again for each frame. One thread at a time.
 */
public final class FrameColours {
    private final float[] ab;
    private final float[] doubt;
    private boolean grey = true;

    /** A grey frame. */
    public FrameColours(Grid grid) {
        ab = new float[2 * grid.pixels()];
        doubt = new float[grid.pixels()];
    }

    /** a*, b* of each pixel, one after the other, row by row: the array itself. */
    public float[] ab() {
        return ab;
    }

    /** How uncertain each pixel's colour is, in a* and b*: the array itself. */
    public float[] doubt() {
        return doubt;
    }

    /** Tells whether the frame has no colours, so that the arrays mean nothing. */
    public void setGrey(boolean without) {
        grey = without;
    }

    /** Whether the frame has no colours. */
    public boolean isGrey() {
        return grey;
    }
}

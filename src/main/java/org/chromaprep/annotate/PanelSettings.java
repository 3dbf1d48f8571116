package org.chromaprep.annotate;

import java.util.Objects;

/**
 * What a film's annotated pictures look like.
 *
 * @param layout what is shown
 * @param sourceWidth the source's width as displayed, with its pixel aspect applied, at least 1
 * @param sourceHeight the source's height as displayed, at least 1
 * @param gridHeight rows of the pixel grid, at least 1
 * @param gridWidth columns of the pixel grid, at least 1
 * @param placement the part of the source that the grid covers
 * @param clusters clusters, 0 (none are shown) to {@link Palette#MAX_CLUSTERS}
 * @param layers the layers' names for the caption, such as {@code conv1_2, conv2_2}; characters outside ASCII are shown
 *     as question marks
 * @param untrained whether the weights are random, which the caption then says
 * @param captioned whether there is a caption below; an overlay without one has exactly the source's size, if its sides are even
 */
public record PanelSettings(
        Layout layout,
        int sourceWidth,
        int sourceHeight,
        int gridHeight,
        int gridWidth,
        GridPlacement placement,
        int clusters,
        String layers,
        boolean untrained,
        boolean captioned) {
    /** With a caption. */
    public PanelSettings(
            Layout layout,
            int sourceWidth,
            int sourceHeight,
            int gridHeight,
            int gridWidth,
            GridPlacement placement,
            int clusters,
            String layers,
            boolean untrained) {
        this(layout, sourceWidth, sourceHeight, gridHeight, gridWidth, placement, clusters, layers, untrained, true);
    }

    /**
     * @throws IllegalArgumentException if a side is below 1 or there are more clusters than colours
     */
    public PanelSettings {
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(placement, "placement");
        Objects.requireNonNull(layers, "layers");
        if (sourceWidth < 1 || sourceHeight < 1) {
            throw new IllegalArgumentException("An annotated picture needs a source with sides of at least 1, not "
                    + sourceWidth + "x" + sourceHeight + ".");
        }
        if (gridHeight < 1 || gridWidth < 1) {
            throw new IllegalArgumentException("An annotated picture needs a grid with sides of at least 1, not "
                    + gridWidth + "x" + gridHeight + ".");
        }
        if (clusters < 0 || clusters > Palette.MAX_CLUSTERS) {
            throw new IllegalArgumentException("An annotated picture can show 0 to " + Palette.MAX_CLUSTERS
                    + " clusters, not " + clusters + "; use fewer clusters or `annotate` none.");
        }
    }
}

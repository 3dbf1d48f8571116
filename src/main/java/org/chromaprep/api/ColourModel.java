package org.chromaprep.api;

import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.learn.HeadRunner;
import org.chromaprep.learn.Model;

/** Heads on hypercolumns that predict colours ({@link ChromaPrep#colourModel}). Immutable; any number of threads may use it. */
public final class ColourModel {
    private final Model model;

    ColourModel(Model model) {
        this.model = model;
    }

    /**
     * What a model predicts for a frame, on its grid, row by row from the top.
     *
     * @param ab CIE a*, b* (D65) of each pixel, one after the other
     * @param disagreement for each pixel how far the heads are from their mean, in a* and b*; 0 of a single head
     */
    public record Colours(float[] ab, float[] disagreement) {}

    Colours of(HypercolumnMatrix matrix) {
        var grid = matrix.grid();
        var colours = new Colours(new float[2 * grid.pixels()], new float[grid.pixels()]);
        new HeadRunner(model.heads(), grid).run(matrix, colours.ab(), colours.disagreement());
        return colours;
    }
}

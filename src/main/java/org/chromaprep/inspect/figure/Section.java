package org.chromaprep.inspect.figure;

import java.util.List;

/**
 * The figures of one step of the walk-through.
 *
 * @param step which
 * @param figures in order; empty where there is nothing to draw
 */
public record Section(Step step, List<Figure> figures) {
    /** The steps, in the article's order. */
    public enum Step {
        /** What the network sees. */
        INPUT,
        /** What it takes the picture for. */
        PREDICTIONS,
        /** Feature maps. */
        MAPS,
        /** Hypercolumn averages. */
        AVERAGES,
        /** k-means. */
        CLUSTERS,
        /** Likeness to a pixel. */
        SIMILARITY,
        /** Principal components. */
        EMBEDDING
    }

    public Section {
        figures = List.copyOf(figures);
    }
}

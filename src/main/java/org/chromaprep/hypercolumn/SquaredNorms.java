package org.chromaprep.hypercolumn;

/** One layer's part of the pixels' squared norms. Used by one thread at a time. */
interface SquaredNorms {
    /** Adds the layer's part of each pixel's squared norm. */
    void addTo(double[] norms);
}

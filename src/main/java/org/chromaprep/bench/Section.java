package org.chromaprep.bench;

import java.util.List;

/** Figures that are measured together. */
public interface Section {
    /** The name that chooses it. */
    String name();

    /**
     * Measures; takes seconds to minutes.
     *
     * @throws Exception whatever the measured rooms throw
     */
    List<Figure> measure() throws Exception;
}

package org.chromaprep.output.film;

import java.util.List;
import java.util.Optional;

/**
 * Where a coloured frame's colours are from, in its line of the ledger.
 *
 * @param head what gave them: {@code shot} (learned from the shot's own references), {@code similar} (of the most similar
 *     shot), {@code pooled} (learned from all references), {@code model} (learned from other films) or {@code none} (grey)
 * @param references numbers of the frames that they were learned from; none for models
 * @param disagreement of the heads, in a* and b*, averaged over the frame; empty for grey frames
 * @param carried how much of the frame took its colours along the optical flow, 0 to 1; empty for grey frames
 */
public record ColourRecord(
        String head, List<Long> references, Optional<Double> disagreement, Optional<Double> carried) {
    /** A frame that nobody could give the colours of. */
    public static final ColourRecord NONE = new ColourRecord("none", List.of(), Optional.empty(), Optional.empty());

    public ColourRecord {
        references = List.copyOf(references);
    }
}

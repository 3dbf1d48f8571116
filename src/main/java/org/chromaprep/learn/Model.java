package org.chromaprep.learn;

import java.util.List;

/**
 * An ensemble of heads that learned the same, and where they are from.
 *
 * @param heads at least one, with the same number of features and the same kind of target
 * @param facts where they are from
 */
public record Model(List<Head> heads, ModelFacts facts) {
    /**
     * @throws IllegalArgumentException if there is no head, or they do not go together
     */
    public Model {
        heads = List.copyOf(heads);
        if (heads.isEmpty()
                || heads.stream().mapToInt(Head::features).distinct().count() != 1
                || heads.stream()
                                .map(head -> head.target().getClass())
                                .distinct()
                                .count()
                        != 1) {
            throw new IllegalArgumentException(
                    "A model has a head at least, and all predict the same of the same features.");
        }
    }
}

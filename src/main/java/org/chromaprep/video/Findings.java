package org.chromaprep.video;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What reading a film has shown of it so far.
 *
 * @param timeline how its time stamps become film time
 * @param end the film second at which its last picture ends; known once the film has been read to its end
 * @param believed what the film claims of its end and what was made of that, as manifests record it; likewise
 * @param notes sentences about anything that is other than a user would expect
 */
public record Findings(Timeline timeline, OptionalDouble end, Map<String, String> believed, List<String> notes) {
    /** Nothing is known. */
    public static final Findings NONE = new Findings(Timeline.PLAIN, OptionalDouble.empty(), Map.of(), List.of());

    public Findings {
        notes = List.copyOf(notes);
    }

    /**
     * The same of a film whose further frames were not wanted: how far it was read ahead is chance, and nothing that is found there
     * counts.
     */
    public Findings ofTheBeginning() {
        return new Findings(timeline, OptionalDouble.empty(), Map.of(), List.of());
    }
}

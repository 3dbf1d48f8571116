package org.chromaprep.video;

import java.util.List;
import java.util.Optional;

/**
 * What else is known of a film that decides how it is read or shown.
 *
 * @param light how its numbers are taken as light, as manifests record it
 * @param hasTargets whether its colours have a place in CIE Lab without a guess
 * @param timecode of its first picture, HH:MM:SS:FF, with ; for : before FF where numbers are dropped; empty where there is none
 * @param notes sentences about what a user would not expect: other video tracks, a guess
 */
public record SourceTraits(String light, boolean hasTargets, Optional<String> timecode, List<String> notes) {
    /** Of a film without any. */
    public static final SourceTraits PLAIN = new SourceTraits("as coded", true, Optional.empty(), List.of());

    public SourceTraits {
        notes = List.copyOf(notes);
    }
}

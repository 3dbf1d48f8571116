package org.chromaprep.video.encode;

import java.util.List;

/**
 * What a joined film contains.
 *
 * @param frames pictures written
 * @param audioStreams sound streams copied
 * @param notes a sentence for each thing that could not be kept: a sound stream and why
 */
public record JoinResult(long frames, int audioStreams, List<String> notes) {
    public JoinResult {
        notes = List.copyOf(notes);
    }
}

package org.chromaprep.output.film;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * Where an interrupted run continues.
 *
 * @param nextFrame the first source frame that is not committed
 * @param states what stages remember from frame to frame, by their own names
 */
public record Checkpoint(@JsonProperty("next_frame") long nextFrame, Map<String, byte[]> states) {
    /** The state that is there where a run has come to the end of what was asked for. */
    public static final String ENDED = "ended";
}

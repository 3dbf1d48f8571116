package org.chromaprep.output.film;

import java.util.List;
import java.util.Map;

/**
 * What a manifest records of a run beside its frames.
 *
 * @param stages seconds that each stage worked
 * @param float16Saturated numbers that were too large for float16
 * @param notes sentences about anything that is other than a user would expect
 * @param believed what the film claims of its end and what was made of that; empty before that is known
 */
public record Progress(
        Map<String, Double> stages, long float16Saturated, List<String> notes, Map<String, String> believed) {
    /** Of a run that has not come to the film's end. */
    public Progress(Map<String, Double> stages, long float16Saturated, List<String> notes) {
        this(stages, float16Saturated, notes, Map.of());
    }
}

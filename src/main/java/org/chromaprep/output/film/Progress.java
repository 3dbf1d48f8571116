package org.chromaprep.output.film;

import java.util.List;
import java.util.Map;

/**
 * What a manifest tells of a run beside its frames.
 *
 * @param stages seconds that each stage worked
 * @param float16Saturated numbers that were too large for float16
 * @param notes sentences about anything that is other than a user would expect
 */
public record Progress(Map<String, Double> stages, long float16Saturated, List<String> notes) {}

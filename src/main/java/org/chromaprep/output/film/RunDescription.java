package org.chromaprep.output.film;

import java.util.Map;
import java.util.Optional;

/**
 * What a run is to write: all that must be the same for a run to be continued.
 *
 * @param settings option names and values that decide what is written, in order
 * @param source the film
 * @param weights kind, location and SHA-256 of the weights
 * @param versions of the program and the libraries that compute
 * @param untrained whether the weights are random
 * @param projection what samples are expressed in; empty for their own features
 */
public record RunDescription(
        Map<String, String> settings,
        SourceRecord source,
        Map<String, String> weights,
        Map<String, String> versions,
        boolean untrained,
        Optional<ProjectionRecord> projection) {
    /** Of samples that are expressed in their own features. */
    public RunDescription(
            Map<String, String> settings,
            SourceRecord source,
            Map<String, String> weights,
            Map<String, String> versions,
            boolean untrained) {
        this(settings, source, weights, versions, untrained, Optional.empty());
    }
}

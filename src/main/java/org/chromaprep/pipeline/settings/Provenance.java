package org.chromaprep.pipeline.settings;

import java.util.Map;

/**
 * What manifests record of a run beside its films.
 *
 * @param settings option names and values that decide what is written
 * @param weights kind, location and SHA-256
 * @param versions of the program and of the engine
 * @param untrained whether the weights are random
 */
public record Provenance(
        Map<String, String> settings, Map<String, String> weights, Map<String, String> versions, boolean untrained) {}

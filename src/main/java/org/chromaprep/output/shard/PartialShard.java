package org.chromaprep.output.shard;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * The committed beginning of a shard that is being written, from which a run continues.
 *
 * @param name the tar file's name once it is finished
 * @param samples how many frames the beginning holds
 * @param firstKey the first sample's key
 * @param lastKey the last sample's key
 * @param bytes how many bytes of the file are committed
 * @param sha256 of these bytes, in lower-case hexadecimal
 */
@JsonPropertyOrder({"name", "samples", "first_key", "last_key", "bytes", "sha256"})
public record PartialShard(
        String name,
        int samples,
        @JsonProperty("first_key") String firstKey,
        @JsonProperty("last_key") String lastKey,
        long bytes,
        String sha256) {}

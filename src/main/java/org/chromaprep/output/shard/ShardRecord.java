package org.chromaprep.output.shard;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A finished shard, as its side file and the manifest record it.
 *
 * @param name the tar file's name
 * @param samples how many frames it holds
 * @param firstKey the first sample's key
 * @param lastKey the last sample's key
 * @param bytes the file's size
 * @param sha256 of the file, in lower-case hexadecimal
 */
@JsonPropertyOrder({"name", "samples", "first_key", "last_key", "bytes", "sha256"})
public record ShardRecord(
        String name,
        int samples,
        @JsonProperty("first_key") String firstKey,
        @JsonProperty("last_key") String lastKey,
        long bytes,
        String sha256) {}

package org.chromaprep.output.film;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Optional;
import org.chromaprep.output.shard.PartialShard;

/**
 * How much of an interrupted run stays. What its manifest names beyond this is whole and readable, but was cut where the
 * run happened to be; the run that continues drops it and computes it again, so that its shards end where an undisturbed
 * run's do.
 *
 * @param shards how many of the manifest's shards stay
 * @param partial how much stays of the shard after those
 * @param segments how many parts of the annotated video stay
 * @param ledger outcome counts of what stays
 * @param ledgerBytes how much of {@code frames.jsonl} stays
 * @param ledgerSha256 of what stays of it
 * @param float16Saturated of what stays
 */
@JsonPropertyOrder({"shards", "partial", "segments", "ledger", "ledger_bytes", "ledger_sha256", "float16_saturated"})
public record UncommittedTail(
        int shards,
        Optional<PartialShard> partial,
        int segments,
        LedgerCounts ledger,
        @JsonProperty("ledger_bytes") long ledgerBytes,
        @JsonProperty("ledger_sha256") String ledgerSha256,
        @JsonProperty("float16_saturated") long float16Saturated) {
    /** Whether as much as is to stay is there. */
    boolean isWithin(int allShards, int allSegments, long allLedgerBytes) {
        return shards >= 0
                && shards <= allShards
                && segments >= 0
                && segments <= allSegments
                && ledgerBytes >= 0
                && ledgerBytes <= allLedgerBytes;
    }
}

package org.chromaprep.dataset;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Optional;
import org.chromaprep.output.film.LedgerLine;

/**
 * What became of one sample of a film that belongs to a data set: a line of the data set's {@code frames.jsonl}.
 *
 * @param key as its members' names begin
 * @param hash of its grey picture, as in its {@code .json}
 * @param part where it is, or where it would be
 * @param outcome whether it was written or skipped
 * @param reason why it was skipped
 * @param scene its number in the film; empty in lines of earlier versions
 * @param time its film time in seconds; empty in lines of earlier versions
 */
@JsonPropertyOrder({"key", "hash", "part", "outcome", "reason", "scene", "time"})
record SampleLine(
        String key,
        String hash,
        Split part,
        LedgerLine.Outcome outcome,
        Optional<String> reason,
        Optional<Integer> scene,
        Optional<Double> time) {
    /** Its film's folder. */
    String film() {
        return key.substring(0, Math.max(0, key.lastIndexOf('_')));
    }
}

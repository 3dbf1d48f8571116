package org.chromaprep.shelf.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chromaprep.output.film.LedgerCounts;

/**
 * What became of a film in a run.
 *
 * @param name of its folder; empty for an input that no film was found for
 * @param path of the film, relative to the folder that was named
 * @param outcome how its run ended
 * @param counts what became of its frames, those of earlier runs included
 * @param computed frames that this run has read to their outcome
 * @param seconds that this run took for it
 * @param losses frames that could not be decoded, the first hundred
 * @param notes sentences about anything that is other than a user would expect
 * @param failure what went wrong and what to do, in a sentence; empty if nothing did
 * @param duration of the film in seconds, as far as its frames tell
 * @param sourceBytes the film's size; 0 where it is no file
 * @param bytes the size of its output
 * @param scenes how many it has so far
 * @param untrained whether its features come of random weights
 * @param times when each file of a finished film was last written, by its path in the folder
 * @param manifest the finished film's manifest as it was written, from which a damaged one is mended
 */
@JsonPropertyOrder({
    "name",
    "path",
    "outcome",
    "counts",
    "computed",
    "seconds",
    "losses",
    "notes",
    "failure",
    "duration",
    "source_bytes",
    "bytes",
    "scenes",
    "untrained",
    "times",
    "manifest"
})
public record FilmEntry(
        String name,
        String path,
        Outcome outcome,
        LedgerCounts counts,
        long computed,
        double seconds,
        List<Loss> losses,
        List<String> notes,
        Optional<String> failure,
        double duration,
        @JsonProperty("source_bytes") long sourceBytes,
        long bytes,
        int scenes,
        boolean untrained,
        Map<String, String> times,
        Optional<String> manifest) {
    /** How a film's run can end. */
    public enum Outcome {
        /** Everything asked for is there. */
        @JsonProperty("done")
        DONE,
        /** All that can be read is there, and some frames cannot. */
        @JsonProperty("lossy")
        LOSSY,
        /** Stopped; the same command continues. */
        @JsonProperty("interrupted")
        INTERRUPTED,
        /** It was not processed to its end. */
        @JsonProperty("failed")
        FAILED
    }

    /**
     * A frame that could not be decoded.
     *
     * @param time in seconds of film, as far as known
     * @param reason FFmpeg's
     */
    @JsonPropertyOrder({"time", "reason"})
    public record Loss(Optional<Double> time, String reason) {}

    /** Whether there is nothing more to do for the film. */
    public boolean isFinished() {
        return outcome == Outcome.DONE || outcome == Outcome.LOSSY;
    }
}

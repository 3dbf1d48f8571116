package org.chromaprep.shelf.record;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;
import java.util.Optional;

/**
 * A line of {@code run.jsonl}. One of the three is there.
 *
 * @param at when it was written (ISO 8601, UTC), by a clock that may be set back between two lines
 * @param run which run wrote it, since several may write at the same time; empty where an older version wrote it
 * @param begin a run began
 * @param film a film ended, whole or not
 * @param end a run ended
 */
@JsonPropertyOrder({"at", "run", "begin", "film", "end"})
public record RunLine(
        String at, Optional<String> run, Optional<Begin> begin, Optional<FilmEntry> film, Optional<End> end) {
    /**
     * What a run found when it began.
     *
     * @param films in it
     * @param done how many of them were finished before
     * @param leftOut files that are no films of the run, by the reason
     * @param frames that it has still to read, as far as the films tell
     * @param version of the program
     * @param untrained whether the weights are random
     */
    @JsonPropertyOrder({"films", "done", "left_out", "frames", "version", "untrained"})
    public record Begin(
            int films,
            int done,
            @JsonProperty("left_out") @JsonAlias("leftOut") Map<String, Integer> leftOut,
            long frames,
            String version,
            boolean untrained) {}

    /**
     * How a run ended.
     *
     * @param exit the program's exit code
     * @param films that it has ended, those included that were finished before
     */
    @JsonPropertyOrder({"exit", "films"})
    public record End(int exit, int films) {}

    static RunLine of(String at, String run, Begin begin) {
        return new RunLine(at, Optional.of(run), Optional.of(begin), Optional.empty(), Optional.empty());
    }

    static RunLine of(String at, String run, FilmEntry film) {
        return new RunLine(at, Optional.of(run), Optional.empty(), Optional.of(film), Optional.empty());
    }

    static RunLine of(String at, String run, End end) {
        return new RunLine(at, Optional.of(run), Optional.empty(), Optional.empty(), Optional.of(end));
    }
}

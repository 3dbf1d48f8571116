package org.chromaprep.output.film;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.chromaprep.output.shard.ShardRecord;

/**
 * {@code manifest.json}: what a film's folder holds, and the only file that says what is committed.
 *
 * @param settings option names and values
 * @param source the film
 * @param weights kind, location and SHA-256
 * @param versions of the program and its libraries
 * @param untrained whether random weights were used
 * @param projection what samples are told in; empty for their own features
 * @param ledger outcome counts
 * @param ledgerBytes how much of {@code frames.jsonl} is committed
 * @param ledgerSha256 of what is committed of it
 * @param shards finished shards in order
 * @param video the annotated video's file name, once it is whole
 * @param segments parts of the annotated video, until it is joined
 * @param companions parts of a second video, one for each segment; empty where there is none
 * @param stages seconds that each stage worked
 * @param float16Saturated numbers that were too large for float16 and were written as the largest one
 * @param notes sentences about anything that is other than a user would expect
 * @param believed what the film claims of its end, what was found there and what was made of it; empty before that is known
 * @param checkpoint the file to continue from; empty at the beginning and when the run is complete
 * @param open how much stays of an interrupted run, whose last shard is unfinished; empty otherwise
 * @param mixture what shows that the film changed while it was read, so that what is here is of two films; empty where nothing does
 * @param complete whether every frame asked for is here
 */
@JsonPropertyOrder({"settings", "source", "weights", "versions", "untrained", "projection", "ledger", "ledger_bytes",
    "ledger_sha256", "shards", "video", "segments", "companions", "stages", "float16_saturated", "notes", "believed", "checkpoint",
    "open", "mixture", "complete"})
public record Manifest(
        Map<String, String> settings,
        SourceRecord source,
        Map<String, String> weights,
        Map<String, String> versions,
        boolean untrained,
        Optional<ProjectionRecord> projection,
        LedgerCounts ledger,
        @JsonProperty("ledger_bytes") long ledgerBytes,
        @JsonProperty("ledger_sha256") String ledgerSha256,
        List<ShardRecord> shards,
        Optional<String> video,
        List<StoredFile> segments,
        List<StoredFile> companions,
        Map<String, Double> stages,
        @JsonProperty("float16_saturated") long float16Saturated,
        List<String> notes,
        Map<String, String> believed,
        Optional<StoredFile> checkpoint,
        Optional<UncommittedTail> open,
        Optional<String> mixture,
        boolean complete) {
    /** The file's name in a film's folder. */
    public static final String FILE = "manifest.json";

    private static final String SEGMENT = "\\d{6}(" + OutputNames.COMPANION + ")?\\.nut";

    /**
     * @throws IllegalArgumentException if a part of the video has a name that runs do not give, or more is to stay than
     *     there is
     */
    public Manifest {
        segments = List.copyOf(segments);
        companions = List.copyOf(companions);
        Stream.concat(segments.stream(), companions.stream()).filter(part -> !part.name().matches(SEGMENT)).forEach(part -> {
            throw new IllegalArgumentException("A part of the video is called " + part.name() + ".");
        });
        if (!companions.isEmpty() && companions.size() != segments.size()) {
            throw new IllegalArgumentException("Two videos have " + segments.size() + " and " + companions.size() + " parts.");
        }
        if (open.isPresent() && !open.get().isWithin(shards.size(), segments.size(), ledgerBytes)) {
            throw new IllegalArgumentException("More is to stay of the interrupted run than there is.");
        }
    }

    /** A run of which nothing is committed yet. */
    static Manifest beginning(RunDescription run) {
        return new Manifest(run.settings(), run.source(), run.weights(), run.versions(), run.untrained(),
                run.projection(), LedgerCounts.NONE, 0, LedgerFile.NOTHING, List.of(), Optional.empty(), List.of(), List.of(), Map.of(), 0,
                List.of(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /** The same with other settings. */
    Manifest with(Map<String, String> otherSettings) {
        return new Manifest(otherSettings, source, weights, versions, untrained, projection, ledger, ledgerBytes, ledgerSha256, shards,
                video, segments, companions, stages, float16Saturated, notes, believed, checkpoint, open, mixture, complete);
    }

    /** The same without what was made of the annotated video, and the notes about it. */
    Manifest withoutVideo() {
        return new Manifest(settings, source, weights, versions, untrained, projection, ledger, ledgerBytes, ledgerSha256, shards,
                Optional.empty(), List.of(), List.of(), stages, float16Saturated, List.of(), believed, checkpoint, open, mixture, complete);
    }

    /** The same of a film that changed while it was read. */
    Manifest withMixture(String sign) {
        return new Manifest(settings, source, weights, versions, untrained, projection, ledger, ledgerBytes, ledgerSha256, shards,
                video, segments, companions, stages, float16Saturated, notes, believed, checkpoint, open, Optional.of(sign), complete);
    }

    /** All of this manifest, as what stays once more is written than the last commit has. */
    UncommittedTail committed() {
        return new UncommittedTail(shards.size(), segments.size(), ledger, ledgerBytes, ledgerSha256, float16Saturated);
    }

    /** What stays for the run that continues. */
    Manifest withoutOpenEnd() {
        return open.map(end -> new Manifest(settings, source, weights, versions, untrained, projection, end.ledger(),
                        end.ledgerBytes(), end.ledgerSha256(), shards.subList(0, end.shards()), video, segments.subList(0, end.segments()),
                        companions.isEmpty() ? companions : companions.subList(0, end.segments()),
                        stages, end.float16Saturated(), notes, believed, checkpoint, Optional.empty(), mixture, complete))
                .orElse(this);
    }
}

package org.chromaprep.output.film;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.chromaprep.output.shard.PartialShard;
import org.chromaprep.output.shard.ShardRecord;

/**
 * {@code manifest.json}: what a film's folder holds, and the only file that says what is committed.
 *
 * @param format number of this form of the file
 * @param settings option names and values
 * @param source the film
 * @param weights kind, location and SHA-256
 * @param versions of the program and its libraries
 * @param untrained whether random weights were used
 * @param projection what samples are expressed in; empty for their own features
 * @param ledger outcome counts
 * @param ledgerBytes how much of {@code frames.jsonl} is committed
 * @param ledgerSha256 of what is committed of it
 * @param shards finished shards in order
 * @param partial the committed beginning of the shard after those; empty where there is none, and where the last shard is that of an
 *     interrupted run
 * @param video the annotated video's file name, once it is whole
 * @param files all finished files beside shards and ledger, with their hashes
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
@JsonPropertyOrder({
    "format",
    "settings",
    "source",
    "weights",
    "versions",
    "untrained",
    "projection",
    "ledger",
    "ledger_bytes",
    "ledger_sha256",
    "shards",
    "partial",
    "video",
    "files",
    "segments",
    "companions",
    "stages",
    "float16_saturated",
    "notes",
    "believed",
    "checkpoint",
    "open",
    "mixture",
    "complete"
})
public record Manifest(
        int format,
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
        Optional<PartialShard> partial,
        Optional<String> video,
        List<StoredFile> files,
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

    /**
     * The present form. Manifests before the second have neither number nor seal; films before the third have clusters that are
     * numbered after those of the scene before, and do not say by which kernels they were computed.
     */
    static final int FORMAT = 3;

    /** The first form that has a seal. */
    static final int SEALED = 2;

    private static final String SEGMENT = "\\d{6}(" + OutputNames.COMPANION + ")?\\.nut";

    /**
     * @throws IllegalArgumentException if a part of the video has a name that runs do not give, or more is to stay than
     *     there is
     */
    public Manifest {
        segments = List.copyOf(segments);
        companions = List.copyOf(companions);
        Stream.concat(segments.stream(), companions.stream())
                .filter(part -> !part.name().matches(SEGMENT))
                .forEach(part -> {
                    throw new IllegalArgumentException("A part of the video is called " + part.name() + ".");
                });
        if (!companions.isEmpty() && companions.size() != segments.size()) {
            throw new IllegalArgumentException(
                    "Two videos have " + segments.size() + " and " + companions.size() + " parts.");
        }
        if (open.isPresent() && !open.get().isWithin(shards.size(), segments.size(), ledgerBytes)) {
            throw new IllegalArgumentException("More is to stay of the interrupted run than there is.");
        }
    }

    /** A run of which nothing is committed yet. */
    static Manifest beginning(RunDescription run) {
        return new Manifest(
                FORMAT,
                run.settings(),
                run.source(),
                run.weights(),
                run.versions(),
                run.untrained(),
                run.projection(),
                LedgerCounts.NONE,
                0,
                LedgerFile.NOTHING,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                0,
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** The same but for what is changed. */
    Manifest changed(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.toManifest();
    }

    /** The same with other settings. */
    Manifest with(Map<String, String> otherSettings) {
        return changed(draft -> draft.settings = otherSettings);
    }

    /** The same without what was made of the annotated video, and the notes about it. */
    Manifest withoutVideo() {
        return changed(draft -> {
            draft.video = Optional.empty();
            draft.files = List.of();
            draft.segments = List.of();
            draft.companions = List.of();
            draft.notes = List.of();
        });
    }

    /** The same of a film that changed while it was read. */
    Manifest withMixture(String sign) {
        return changed(draft -> draft.mixture = Optional.of(sign));
    }

    /** All of this manifest, as what stays once more is written than the last commit has. */
    UncommittedTail committed() {
        return new UncommittedTail(
                shards.size(), partial, segments.size(), ledger, ledgerBytes, ledgerSha256, float16Saturated);
    }

    /** What stays for the run that continues. */
    Manifest withoutOpenEnd() {
        return open.map(end -> changed(draft -> {
                    draft.ledger = end.ledger();
                    draft.ledgerBytes = end.ledgerBytes();
                    draft.ledgerSha256 = end.ledgerSha256();
                    draft.shards = shards.subList(0, end.shards());
                    draft.partial = end.partial();
                    draft.segments = segments.subList(0, end.segments());
                    draft.companions = companions.isEmpty() ? companions : companions.subList(0, end.segments());
                    draft.float16Saturated = end.float16Saturated();
                    draft.open = Optional.empty();
                }))
                .orElse(this);
    }

    /** What may be other in a manifest than in the one before it. Used by one thread. */
    static final class Draft {
        private final Manifest before;
        Map<String, String> settings;
        SourceRecord source;
        LedgerCounts ledger;
        long ledgerBytes;
        String ledgerSha256;
        List<ShardRecord> shards;
        Optional<PartialShard> partial;
        Optional<String> video;
        List<StoredFile> files;
        List<StoredFile> segments;
        List<StoredFile> companions;
        Map<String, Double> stages;
        long float16Saturated;
        List<String> notes;
        Map<String, String> believed;
        Optional<StoredFile> checkpoint;
        Optional<UncommittedTail> open;
        Optional<String> mixture;
        boolean complete;

        private Draft(Manifest before) {
            this.before = before;
            settings = before.settings;
            source = before.source;
            ledger = before.ledger;
            ledgerBytes = before.ledgerBytes;
            ledgerSha256 = before.ledgerSha256;
            shards = before.shards;
            partial = before.partial;
            video = before.video;
            files = before.files;
            segments = before.segments;
            companions = before.companions;
            stages = before.stages;
            float16Saturated = before.float16Saturated;
            notes = before.notes;
            believed = before.believed;
            checkpoint = before.checkpoint;
            open = before.open;
            mixture = before.mixture;
            complete = before.complete;
        }

        private Manifest toManifest() {
            return new Manifest(
                    before.format,
                    settings,
                    source,
                    before.weights,
                    before.versions,
                    before.untrained,
                    before.projection,
                    ledger,
                    ledgerBytes,
                    ledgerSha256,
                    List.copyOf(shards),
                    partial,
                    video,
                    List.copyOf(files),
                    segments,
                    companions,
                    stages,
                    float16Saturated,
                    List.copyOf(notes),
                    believed,
                    checkpoint,
                    open,
                    mixture,
                    complete);
        }
    }
}

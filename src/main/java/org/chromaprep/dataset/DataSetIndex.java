package org.chromaprep.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chromaprep.files.Hashes;
import org.chromaprep.output.film.ProjectionRecord;
import org.chromaprep.output.shard.ColourCounts;
import org.chromaprep.output.shard.ShardRecord;

/**
 * {@code dataset.json}: what a data set holds, and the only file that says what of it is committed.
 *
 * @param settings how it is packed
 * @param samples what all films' samples have in common: option names and values
 * @param projection what samples are expressed in; empty for their own features
 * @param films in the order of their packing
 * @param leftOut films that are not in it, and why
 * @param packedFilms how many films, from the first on, are in it whole
 * @param shards finished ones, by part; the last one of a part grows when films are added
 * @param bins a*, b* of each class that {@code samples_bins.npy} numbers, in the order of the numbers
 * @param statistics of each part's colours and grey values
 * @param ledger of the samples of the films that are in it whole; empty before the first build ended
 * @param scenes of the films that are in it whole; empty before the first build ended
 * @param table of all samples; empty before the first build ended, and where no writer of such tables is installed
 * @param complete whether all films are in it
 */
@JsonPropertyOrder({
    "settings",
    "samples",
    "projection",
    "films",
    "left_out",
    "packed_films",
    "shards",
    "bins",
    "statistics",
    "ledger",
    "scenes",
    "table",
    "complete"
})
public record DataSetIndex(
        DataSetSettings settings,
        Map<String, String> samples,
        Optional<ProjectionRecord> projection,
        List<Film> films,
        @JsonProperty("left_out") List<LeftOut> leftOut,
        @JsonProperty("packed_films") int packedFilms,
        Map<Split, List<Shard>> shards,
        List<List<Integer>> bins,
        Map<Split, ColourCounts> statistics,
        Optional<Ledger> ledger,
        Optional<SceneFile> scenes,
        Optional<TableFile> table,
        boolean complete) {
    /** What samples of random weights have in common. */
    static final String UNTRAINED = "untrained";

    /** Whether features and clusters come of random weights. */
    boolean hasRandomWeights() {
        return samples.containsKey(UNTRAINED);
    }

    /**
     * A film in the data set.
     *
     * @param name its folder's name, with which its samples' keys begin
     * @param source the film's own name
     * @param sha256 of the film's file, where it is one
     * @param colour how much colour it has, as its manifest says
     * @param frames written of it
     * @param split the part it is in; empty where its scenes are drawn
     * @param columns what the table of films says, as licence and source
     * @param shared how many of its scenes show shots of films before it
     * @param shards SHA-256 over the hashes of the shards that were packed, by which a film that was processed anew is known
     */
    public record Film(
            String name,
            String source,
            Optional<String> sha256,
            String colour,
            long frames,
            Optional<Split> split,
            Map<String, String> columns,
            Map<String, Integer> shared,
            String shards) {}

    /**
     * A film that is not in the data set.
     *
     * @param reason half a sentence
     */
    public record LeftOut(String name, String reason) {}

    /**
     * A shard of the data set.
     *
     * @param record its name, samples, keys, size and hash
     * @param full whether it is never touched again
     * @param colours of its samples
     */
    public record Shard(ShardRecord record, boolean full, ColourCounts colours) {
        /** Whether a file is that one. */
        boolean describes(Path file) throws IOException {
            return Files.exists(file)
                    && Files.size(file) == record.bytes()
                    && Hashes.sha256(file, () -> false).orElseThrow().equals(record.sha256());
        }
    }

    /**
     * What {@code frames.jsonl} holds: a line for each sample of the films, in the order of packing.
     *
     * @param written samples that are in the data set
     * @param skipped samples that are not, each with its reason
     * @param bytes of the file
     * @param sha256 of the file
     */
    public record Ledger(long written, long skipped, long bytes, String sha256) {
        /** Whether a file is that one. */
        boolean describes(Path file) throws IOException {
            return Files.exists(file)
                    && Files.size(file) == bytes
                    && Hashes.sha256(file, () -> false).orElseThrow().equals(sha256);
        }
    }

    /**
     * What {@code scenes.jsonl} holds: a line for each scene of the films, in the order of packing.
     *
     * @param scenes that are in the data set
     * @param leftOut scenes that are not, each with its reason
     * @param bytes of the file
     * @param sha256 of the file
     */
    public record SceneFile(
            long scenes, @JsonProperty("left_out") long leftOut, long bytes, String sha256) {
        /** Whether a file is that one. */
        boolean describes(Path file) throws IOException {
            return Files.exists(file)
                    && Files.size(file) == bytes
                    && Hashes.sha256(file, () -> false).orElseThrow().equals(sha256);
        }
    }

    /**
     * {@code frames.parquet}: a row for each sample of the films, in the order of packing.
     *
     * @param rows of the table
     * @param bytes of the file
     * @param sha256 of the file
     */
    public record TableFile(long rows, long bytes, String sha256) {
        /** Whether a file is that one. */
        boolean describes(Path file) throws IOException {
            return Files.exists(file)
                    && Files.size(file) == bytes
                    && Hashes.sha256(file, () -> false).orElseThrow().equals(sha256);
        }
    }
}

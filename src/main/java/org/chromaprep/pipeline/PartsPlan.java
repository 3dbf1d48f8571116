package org.chromaprep.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.files.SealedJson;
import org.chromaprep.output.film.Checkpoint;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.film.RunDescription;
import org.chromaprep.output.film.SourceRecord;

/**
 * {@code plan.json}: which parts a film has, made by reading it once without the network. With it any machine can compute any part.
 *
 * @param settings what the parts write; a plan is of one run
 * @param source the film
 * @param view how it is looked at, by what was measured of it
 * @param parts in the film's order, at least one
 */
record PartsPlan(Map<String, String> settings, SourceRecord source, FilmAnalysis view, List<Part> parts) {
    /** The file's name. */
    static final String FILE = "plan.json";

    /**
     * A part.
     *
     * @param number in the film, from 0
     * @param firstFrame number of its first frame
     * @param endFrame number of the next part's first frame; that of the last part is larger than any
     * @param beginning what a run remembers that has come to its first frame
     * @param writtenBefore frames that the parts before it have written
     * @param linesBefore of the ledger, of frames before it
     * @param firstShard number of its first shard
     * @param shards that it has
     * @param counts outcomes of its frames
     * @param frames hash of all its frames' numbers, times, outcomes, scenes and perceptual hashes
     * @param pictures fingerprint of every pixel of the film's pictures up to its end; empty where nobody has kept it
     */
    record Part(
            int number,
            @JsonProperty("first_frame") long firstFrame,
            @JsonProperty("end_frame") long endFrame,
            Checkpoint beginning,
            @JsonProperty("written_before") long writtenBefore,
            @JsonProperty("lines_before") int linesBefore,
            @JsonProperty("first_shard") int firstShard,
            int shards,
            LedgerCounts counts,
            String frames,
            String pictures) {}

    PartsPlan {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("A film has at least one part.");
        }
    }

    /** Whether this is the plan of such a run. */
    boolean isOf(RunDescription run) {
        return settings.equals(run.settings())
                && source.identity().equals(run.source().identity());
    }

    /** The plan in a folder; empty where there is none, or a damaged one. */
    static Optional<PartsPlan> in(Path folder) {
        if (!Files.exists(folder.resolve(FILE))) {
            return Optional.empty();
        }
        try {
            var read = SealedJson.read(folder.resolve(FILE));
            return read.seal() == SealedJson.Seal.SOUND ? Optional.of(read.as(PartsPlan.class)) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            // It is made again.
            return Optional.empty();
        }
    }

    void write(Path folder) throws IOException {
        SealedJson.write(folder.resolve(FILE), this);
    }

    /** A hash of what became of frames, which is the same whether the network sees them or not. */
    static String hash(List<LedgerLine> lines) {
        var digest = DigestUtils.getSha256Digest();
        for (var line : lines) {
            var text = String.join(
                    " ",
                    String.valueOf(line.frame().orElse(-1L)),
                    String.valueOf(line.pts().orElse(Long.MIN_VALUE)),
                    String.valueOf(line.time().orElse(Double.NaN)),
                    line.outcome().name(),
                    String.valueOf(line.scene().orElse(-1)),
                    line.hash().orElse("-"),
                    line.reason().orElse("-"));
            digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}

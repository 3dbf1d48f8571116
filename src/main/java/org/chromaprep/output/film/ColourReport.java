package org.chromaprep.output.film;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code colours.json}: what a finished run that coloured a film had to go by, what came of it, and what would help most next.
 *
 * @param references the coloured pictures, ascending by their frames
 * @param model where the model is from, if there is one
 * @param shots of the film
 * @param videos that were written
 * @param next frames that are best coloured next, the most helpful first
 */
@JsonPropertyOrder({"references", "model", "shots", "videos", "next"})
public record ColourReport(
        List<Reference> references, Map<String, String> model, List<Shot> shots, List<Video> videos, List<Next> next) {
    /** The file's name in a film's folder. */
    public static final String FILE = "colours.json";

    public ColourReport {
        references = List.copyOf(references);
        shots = List.copyOf(shots);
        videos = List.copyOf(videos);
        next = List.copyOf(next);
    }

    /**
     * A coloured picture.
     *
     * @param file its name
     * @param sha256 of the file
     * @param frame that it is of
     * @param shot that this belongs to
     * @param correlation of its grey values with the frame's
     */
    @JsonPropertyOrder({"file", "sha256", "frame", "shot", "correlation"})
    public record Reference(String file, String sha256, long frame, int shot, double correlation) {}

    /**
     * How a shot was coloured.
     *
     * @param shot its number, which is its scene's in the ledger
     * @param first its first frame
     * @param last its last frame
     * @param begin the first frame's time in seconds
     * @param end the last frame's time in seconds
     * @param head what gave its colours, as in the ledger
     * @param references frames that these were learned from
     * @param disagreement of the heads, averaged over its frames; empty for grey shots
     * @param carried how much of it took its colours along the optical flow, on average; empty for grey shots
     */
    @JsonPropertyOrder({"shot", "first", "last", "begin", "end", "head", "references", "disagreement", "carried"})
    public record Shot(
            int shot,
            long first,
            long last,
            double begin,
            double end,
            String head,
            List<Long> references,
            Optional<Double> disagreement,
            Optional<Double> carried) {}

    /**
     * A video that was written.
     *
     * @param name its file's name
     * @param bytes its size
     * @param sha256 of the file
     */
    @JsonPropertyOrder({"name", "bytes", "sha256"})
    public record Video(String name, long bytes, String sha256) {}

    /**
     * A frame that is best coloured next.
     *
     * @param frame its number
     * @param shot that it belongs to
     * @param reason half a sentence
     * @param file its picture, to be coloured, in the film's folder
     * @param where a picture of where the heads disagree; empty where there are none
     */
    @JsonPropertyOrder({"frame", "shot", "reason", "file", "where"})
    public record Next(long frame, int shot, String reason, String file, Optional<String> where) {}
}

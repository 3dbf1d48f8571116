package org.chromaprep.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;

/**
 * {@code evaluation.json}: how far a film's colours are from the true ones, beside other ways to colour it. Ways are {@code
 * coloured} (what is evaluated), {@code grey}, {@code mean} (the mean colour of the nearest reference of the shot), {@code
 * copied} (that reference's colours, each where it was), {@code flow} (its colours carried along the optical flow) and {@code
 * truth} (for what a film has of its own). Frames that are references themselves are not scored.
 *
 * @param coloured what is evaluated
 * @param truth the film with the true colours
 * @param size columns and rows of the grid on which frames are compared
 * @param film scores of all frames
 * @param shots scores of each shot
 * @param byDistance errors by how many frames away the nearest reference is
 * @param leftOut errors at references that the others of their shot were to predict; none where shots have one
 */
@JsonPropertyOrder({"coloured", "truth", "size", "film", "shots", "by_distance", "left_out"})
public record Evaluation(
        String coloured,
        String truth,
        List<Integer> size,
        Map<String, WayScores> film,
        List<ShotScores> shots,
        @JsonProperty("by_distance") List<Distance> byDistance,
        @JsonProperty("left_out") List<LeftOut> leftOut) {
    /**
     * Scores of a shot.
     *
     * @param shot its number
     * @param first its first frame
     * @param last its last frame
     * @param references frames whose colours were known
     * @param ways scores by way
     */
    @JsonPropertyOrder({"shot", "first", "last", "references", "ways"})
    public record ShotScores(int shot, long first, long last, List<Long> references, Map<String, WayScores> ways) {}

    /**
     * Errors at a distance.
     *
     * @param from frames to the nearest reference, at least
     * @param to frames, at most
     * @param frames that many frames
     * @param rmse of a*, b* by way, averaged
     */
    @JsonPropertyOrder({"from", "to", "frames", "rmse"})
    public record Distance(long from, long to, long frames, Map<String, Double> rmse) {}

    /**
     * A reference that was predicted by the others.
     *
     * @param frame its number
     * @param shot its shot
     * @param rmse of a*, b*
     */
    @JsonPropertyOrder({"frame", "shot", "rmse"})
    public record LeftOut(long frame, int shot, double rmse) {}
}

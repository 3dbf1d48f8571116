package org.chromaprep.output.film;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Optional;

/**
 * What became of one source frame, a line of {@code frames.jsonl}.
 *
 * @param frame the frame's number; empty for a lost one
 * @param pts its presentation time stamp in the stream's time base, where there is one
 * @param time its film time in seconds, as far as known
 * @param timecode its SMPTE time code, of films that have one
 * @param outcome what became of it
 * @param shard the shard that holds its sample
 * @param scene its scene's number, from 0; empty for a lost one
 * @param sceneStart what is known of its scene's beginning, at the scene's first frame
 * @param hash of a written frame's picture, as in its sample
 * @param picture the whole picture, squeezed into 32 by 32 grey values, row by row, in Base64: of a scene's first frame, and of up
 *     to four written frames a second
 * @param iterations of k-means
 * @param inertia of k-means
 * @param clusterSizes pixels of each cluster
 * @param reason why it was skipped, dropped or lost, and anything odd about its time
 */
@JsonPropertyOrder({
    "frame",
    "pts",
    "time",
    "timecode",
    "outcome",
    "shard",
    "scene",
    "scene_start",
    "hash",
    "picture",
    "iterations",
    "inertia",
    "cluster_sizes",
    "reason"
})
public record LedgerLine(
        Optional<Long> frame,
        Optional<Long> pts,
        Optional<Double> time,
        Optional<String> timecode,
        Outcome outcome,
        Optional<String> shard,
        Optional<Integer> scene,
        @JsonProperty("scene_start") Optional<SceneStart> sceneStart,
        Optional<String> hash,
        Optional<String> picture,
        Optional<Integer> iterations,
        Optional<Double> inertia,
        @JsonProperty("cluster_sizes") Optional<List<Integer>> clusterSizes,
        Optional<String> reason) {
    /** Of a film without time code. */
    public LedgerLine(
            Optional<Long> frame,
            Optional<Long> pts,
            Optional<Double> time,
            Outcome outcome,
            Optional<String> shard,
            Optional<Integer> scene,
            Optional<SceneStart> sceneStart,
            Optional<String> hash,
            Optional<String> picture,
            Optional<Integer> iterations,
            Optional<Double> inertia,
            Optional<List<Integer>> clusterSizes,
            Optional<String> reason) {
        this(
                frame,
                pts,
                time,
                Optional.empty(),
                outcome,
                shard,
                scene,
                sceneStart,
                hash,
                picture,
                iterations,
                inertia,
                clusterSizes,
                reason);
    }

    /** What can become of a source frame. */
    public enum Outcome {
        /** Processed and in a shard (or, without dumps, in the video). */
        @JsonProperty("written")
        WRITTEN,
        /** Left out by request. */
        @JsonProperty("skipped")
        SKIPPED,
        /** Left out because a live source was faster. */
        @JsonProperty("dropped")
        DROPPED,
        /** Not decodable. */
        @JsonProperty("lost")
        LOST
    }

    /**
     * How a scene begins.
     *
     * @param transition {@code dissolve} or {@code fade}, where the scene before turned into it over several frames
     * @param first the first of these frames
     * @param last the last of these frames
     * @param before the last picture with contrast before it, as {@code picture} has it
     */
    @JsonPropertyOrder({"transition", "first", "last", "before"})
    public record SceneStart(
            Optional<String> transition, Optional<Long> first, Optional<Long> last, Optional<String> before) {}

    /**
     * Which scene a frame belongs to.
     *
     * @param scene its number
     * @param start of the scene, at its first frame
     * @param picture of the frame, where a line without a sample keeps it: at a scene's first frame
     */
    public record Place(int scene, Optional<SceneStart> start, Optional<String> picture) {}

    /** A frame skipped by request. */
    public static LedgerLine skipped(long frame, Optional<Long> pts, double time, Place place, String reason) {
        return passed(frame, pts, time, Outcome.SKIPPED, place, reason);
    }

    /** A frame that gave way to a newer one. */
    public static LedgerLine dropped(long frame, Optional<Long> pts, double time, Place place, String reason) {
        return passed(frame, pts, time, Outcome.DROPPED, place, reason);
    }

    private static LedgerLine passed(
            long frame, Optional<Long> pts, double time, Outcome outcome, Place place, String reason) {
        return new LedgerLine(
                Optional.of(frame),
                pts,
                Optional.of(time),
                outcome,
                Optional.empty(),
                Optional.of(place.scene()),
                place.start(),
                Optional.empty(),
                place.picture(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(reason));
    }

    /** A frame that could not be decoded. */
    public static LedgerLine lost(Optional<Long> pts, Optional<Double> time, String reason) {
        return new LedgerLine(
                Optional.empty(),
                pts,
                time,
                Outcome.LOST,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(reason));
    }

    /** The same with a time code. */
    public LedgerLine withTimecode(String code) {
        return new LedgerLine(
                frame,
                pts,
                time,
                Optional.of(code),
                outcome,
                shard,
                scene,
                sceneStart,
                hash,
                picture,
                iterations,
                inertia,
                clusterSizes,
                reason);
    }
}

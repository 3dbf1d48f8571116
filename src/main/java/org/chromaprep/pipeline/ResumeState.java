package org.chromaprep.pipeline;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.chromaprep.cluster.ClusterState;
import org.chromaprep.output.film.Checkpoint;
import org.chromaprep.pipeline.settings.TakenFrames;
import org.chromaprep.scene.SceneState;
import org.chromaprep.video.FilmPlace;

/**
 * What a run remembers of the frames behind it: with this, and the frames to come, another run continues as if nothing had
 * happened.
 *
 * @param nextFrame the first source frame without an outcome
 * @param lostSince lost frames that have an outcome since the frame before that
 * @param scene the last processed frame's scene; -1 before the first
 * @param scenes what later frames' scenes depend on
 * @param clusters the temporal clusters
 * @param seen what repeated pictures are found by; empty before the first frame
 * @param taken the frames that were processed, which grow as the run continues
 * @param lastTaken whether the last frame with an outcome was processed
 * @param pictured the quarter of a second of film time whose picture the ledger has
 * @param began when second 0 of a live run was; empty for films
 * @param reader where the film's reader stands; empty where that was not kept
 * @param ended whether that is all there was, and not only what had been committed when the run was cut off
 */
record ResumeState(
        long nextFrame,
        int lostSince,
        int scene,
        SceneState scenes,
        Optional<ClusterState> clusters,
        byte[] seen,
        TakenFrames taken,
        boolean lastTaken,
        long pictured,
        Optional<Instant> began,
        Optional<Reader> reader,
        boolean ended) {
    private static final long NEVER = Long.MIN_VALUE;
    private static final String PLACE = "place";
    private static final String SCENES = "scenes";
    private static final String CLUSTERS = "clusters";
    private static final String SEEN = "seen";
    private static final String TAKEN = "taken";
    private static final String BEGAN = "began";
    private static final String READER = "reader";

    /**
     * How far a film has been read.
     *
     * @param place behind what has an outcome
     * @param videoEnd where the last frame ends, in ticks of film time; empty before the first
     */
    record Reader(FilmPlace place, OptionalLong videoEnd) {
        static Reader of(byte[] bytes) {
            var buffer = ByteBuffer.wrap(bytes);
            var end = buffer.getLong();
            var place = new byte[buffer.remaining()];
            buffer.get(place);
            return new Reader(FilmPlace.of(place), end == NEVER ? OptionalLong.empty() : OptionalLong.of(end));
        }

        private byte[] toBytes() {
            var bytes = place.toBytes();
            return ByteBuffer.allocate(Long.BYTES + bytes.length)
                    .putLong(videoEnd.orElse(NEVER))
                    .put(bytes)
                    .array();
        }
    }

    /** In the midst of a run. */
    ResumeState(
            long nextFrame,
            int lostSince,
            int scene,
            SceneState scenes,
            Optional<ClusterState> clusters,
            byte[] seen,
            TakenFrames taken,
            boolean lastTaken,
            long pictured,
            Optional<Instant> began) {
        this(
                nextFrame,
                lostSince,
                scene,
                scenes,
                clusters,
                seen,
                taken,
                lastTaken,
                pictured,
                began,
                Optional.empty(),
                false);
    }

    /** Of nothing yet. */
    static ResumeState beginning() {
        return new ResumeState(
                0,
                0,
                -1,
                SceneState.BEGINNING,
                Optional.empty(),
                new byte[0],
                new TakenFrames(),
                false,
                NEVER,
                Optional.empty());
    }

    static ResumeState of(Checkpoint checkpoint) {
        var place = ByteBuffer.wrap(checkpoint.states().get(PLACE));
        return new ResumeState(
                checkpoint.nextFrame(),
                place.getInt(),
                place.getInt(),
                SceneState.of(Objects.requireNonNull(checkpoint.states().get(SCENES), SCENES)),
                Optional.ofNullable(checkpoint.states().get(CLUSTERS)).map(ResumeState::clusters),
                checkpoint.states().getOrDefault(SEEN, new byte[0]),
                TakenFrames.of(checkpoint.states().getOrDefault(TAKEN, new byte[0])),
                place.get() != 0,
                place.getLong(),
                Optional.ofNullable(checkpoint.states().get(BEGAN))
                        .map(bytes ->
                                Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong())),
                Optional.ofNullable(checkpoint.states().get(READER)).map(Reader::of),
                checkpoint.states().containsKey(Checkpoint.ENDED));
    }

    /** Where the film can be entered to continue; empty at its beginning, and where its reader's place was not kept. */
    Optional<FilmPlace> entrance() {
        return nextFrame == 0 ? Optional.empty() : reader.map(Reader::place).filter(FilmPlace::isEnterable);
    }

    /** The same memory after a frame that was not processed. */
    ResumeState passed(long frame, SceneState scenesThen) {
        return new ResumeState(
                frame + 1, 0, scene, scenesThen, clusters, seen, taken, false, pictured, began, reader, ended);
    }

    /** The same memory with another state of the scenes. */
    ResumeState withScenes(SceneState scenesThen) {
        return new ResumeState(
                nextFrame,
                lostSince,
                scene,
                scenesThen,
                clusters,
                seen,
                taken,
                lastTaken,
                pictured,
                began,
                reader,
                ended);
    }

    /** The same memory after a lost frame. */
    ResumeState lost() {
        return new ResumeState(
                nextFrame,
                lostSince + 1,
                scene,
                scenes,
                clusters,
                seen,
                taken,
                lastTaken,
                pictured,
                began,
                reader,
                ended);
    }

    /** The same memory when a live run begins or continues. */
    ResumeState atTheBeginning(Optional<Instant> then) {
        return new ResumeState(
                nextFrame, lostSince, scene, scenes, clusters, seen, taken, lastTaken, pictured, then, reader, ended);
    }

    /** The same memory with the film's reader elsewhere. */
    ResumeState at(Optional<Reader> now) {
        return new ResumeState(
                nextFrame, lostSince, scene, scenes, clusters, seen, taken, lastTaken, pictured, began, now, ended);
    }

    /** The same memory at the end of a run. */
    ResumeState atTheEnd() {
        return new ResumeState(
                nextFrame, lostSince, scene, scenes, clusters, seen, taken, lastTaken, pictured, began, reader, true);
    }

    Checkpoint toCheckpoint() {
        Map<String, byte[]> states = new LinkedHashMap<>();
        states.put(
                PLACE,
                ByteBuffer.allocate(2 * Integer.BYTES + 1 + Long.BYTES)
                        .putInt(lostSince)
                        .putInt(scene)
                        .put((byte) (lastTaken ? 1 : 0))
                        .putLong(pictured)
                        .array());
        states.put(SCENES, scenes.toBytes());
        states.put(SEEN, seen);
        states.put(TAKEN, taken.toBytes());
        clusters.ifPresent(state -> states.put(CLUSTERS, bytes(state)));
        began.ifPresent(time -> states.put(
                BEGAN,
                ByteBuffer.allocate(Long.BYTES).putLong(time.toEpochMilli()).array()));
        reader.ifPresent(there -> states.put(READER, there.toBytes()));
        if (ended) {
            states.put(Checkpoint.ENDED, new byte[0]);
        }
        return new Checkpoint(nextFrame, states);
    }

    private static byte[] bytes(ClusterState state) {
        var buffer = ByteBuffer.allocate(Long.BYTES + state.centroids().length * Float.BYTES)
                .putLong(state.frame());
        buffer.asFloatBuffer().put(state.centroids());
        return buffer.array();
    }

    private static ClusterState clusters(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        var frame = buffer.getLong();
        var centroids = new float[buffer.remaining() / Float.BYTES];
        buffer.asFloatBuffer().get(centroids);
        return new ClusterState(frame, centroids);
    }
}

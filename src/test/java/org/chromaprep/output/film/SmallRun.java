package org.chromaprep.output.film;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.shard.Member;
import org.chromaprep.output.shard.SampleBuffers;
import org.chromaprep.output.shard.SampleRecord;
import org.chromaprep.output.shard.ShardWriter;

/** Writes runs of made-up samples as the pipeline does: two samples a shard, a commit after each shard. */
public final class SmallRun {
    static final String NAME = "film";
    static final int FRAMES = 5;
    public static final Progress PROGRESS = new Progress(Map.of("cluster", 0.5), 0, List.of());

    private static final int SIDE = 8;

    private SmallRun() {}

    static RunDescription description(String layers) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("layers", layers);
        settings.put("size", "8x8");
        return new RunDescription(
                settings,
                new SourceRecord(
                        "film.mp4",
                        Optional.of("reels/film.mp4"),
                        Optional.of(1234L),
                        Optional.of("2026-01-31T23:59:59.5Z"),
                        Optional.of("ab12"),
                        "h264",
                        64,
                        48,
                        "25/1",
                        Map.of("colour", "colour"),
                        Map.of()),
                Map.of("kind", "random", "sha256", "cd34"),
                Map.of("chromaprep", "development"),
                true);
    }

    static FilmFolder open(Path out, boolean overwrite) throws OutputException {
        return FilmFolder.open(out, NAME, description("conv1_1"), overwrite);
    }

    static ShardWriter shards(FilmFolder film) throws OutputException {
        return film.shardWriter(1_000_000, OptionalInt.of(2), 10_000, 4);
    }

    /** A whole run; its folder. */
    static Path write(Path out) throws OutputException {
        try (var film = open(out, false)) {
            var shards = shards(film);
            frames(film, shards, 0, FRAMES);
            finish(film, shards);
        }
        return out.resolve(NAME);
    }

    public static void finish(FilmFolder film, ShardWriter shards) throws OutputException {
        shards.end();
        film.commit(Optional.empty(), checkpoint(FRAMES), PROGRESS);
        film.finish(Optional.empty(), PROGRESS);
    }

    static void frames(FilmFolder film, ShardWriter shards, int begin, int end) throws OutputException {
        for (int frame = begin; frame < end; frame++) {
            var shard = shards.shardName();
            var ends = shards.add(frame, members(frame));
            film.line(new LedgerLine(
                    Optional.of((long) frame),
                    Optional.of(frame * 512L),
                    Optional.of(frame / 25.0),
                    LedgerLine.Outcome.WRITTEN,
                    Optional.of(shard),
                    Optional.of(0),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(3),
                    Optional.of(0.25),
                    Optional.of(List.of(60, 4)),
                    Optional.empty()));
            if (ends) {
                film.commit(Optional.empty(), checkpoint(frame + 1), PROGRESS);
            }
        }
    }

    public static Checkpoint checkpoint(int nextFrame) {
        return new Checkpoint(nextFrame, Map.of("state", new byte[] {(byte) nextFrame, -1}));
    }

    static List<Member> members(int frame) {
        var random = new Random(frame);
        var labels = new byte[SIDE * SIDE];
        random.nextBytes(labels);
        var centroids = new float[2 * 3];
        for (int i = 0; i < centroids.length; i++) {
            centroids[i] = random.nextFloat();
        }
        var buffers = new SampleBuffers();
        buffers.begin();
        buffers.addJson(new SampleRecord(
                "film",
                "ab12",
                frame,
                Optional.of(frame * 512L),
                frame / 25.0,
                25,
                0,
                "ab12-00000",
                frame,
                0,
                "0123456789abcdef",
                List.of(SIDE, SIDE),
                List.of(0, 0, SIDE, SIDE),
                List.of("conv1_1"),
                List.of(SIDE, SIDE),
                Optional.of(0.25),
                Optional.of(3),
                Optional.of(List.of(60, 4))));
        buffers.addPng("labels.png", labels, SIDE, SIDE);
        buffers.addFloats("centroids.npy", centroids, 2, 3);
        buffers.addHalves("samples.npy", FloatBuffer.wrap(centroids), 2, 3);
        return List.copyOf(buffers.members());
    }

    /** Every file below a folder but the lock, by its path in it. */
    public static Map<String, ByteBuffer> files(Path folder) throws IOException {
        var files = new TreeMap<String, ByteBuffer>();
        try (var paths = Files.walk(folder)) {
            for (var path : paths.filter(Files::isRegularFile)
                    .filter(path -> !path.endsWith(".lock"))
                    .toList()) {
                var name = folder.relativize(path).toString().replace('\\', '/');
                files.put(name, ByteBuffer.wrap(Files.readAllBytes(path)));
            }
        }
        return files;
    }
}

package org.chromaprep.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.chromaprep.files.Hashes;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.Manifest;
import org.chromaprep.output.film.OutputNames;
import org.chromaprep.output.shard.FilmSamples;

/** Tells films that show the same, as copies in other formats do, by the perceptual hashes of some of their samples. */
final class Fingerprint {
    private static final int MOST = 64;
    /** Bits by which copies of a frame may differ; strangers differ by 32 on average. */
    private static final int NEAR = 8;
    private static final double MOSTLY = 0.5;

    private Fingerprint() {}

    /** Hashes of a film's samples, at most 64, evenly spread. */
    static List<String> of(Path folder, Manifest manifest) throws IOException, OutputException {
        var hashes = new ArrayList<String>();
        for (var shard : manifest.shards()) {
            var file = folder.resolve(OutputNames.SHARDS).resolve(shard.name());
            if (!Files.exists(file)) {
                throw new OutputException("The shard " + file + " is missing; process the film again with --overwrite.");
            }
            try (var samples = new FilmSamples(file)) {
                for (var sample = samples.read(); sample.isPresent(); sample = samples.read()) {
                    hashes.add(sample.get().record().hash());
                }
            }
        }
        var count = Math.min(MOST, hashes.size());
        return IntStream.range(0, count).mapToObj(i -> hashes.get((int) ((long) i * hashes.size() / count))).toList();
    }

    /** Whether most of a film's hashes are near one of another's. */
    static boolean alike(List<String> film, List<String> other) {
        var telling = film.stream().mapToLong(Fingerprint::bits).filter(bits -> bits != 0).count();
        return telling > 0 && near(film, other) >= MOSTLY * telling;
    }

    /** How many of a film's hashes are near one of another's. */
    static int near(List<String> film, List<String> other) {
        var others = other.stream().mapToLong(Fingerprint::bits).filter(bits -> bits != 0).toArray();
        return (int) film.stream().mapToLong(Fingerprint::bits)
                .filter(bits -> bits != 0 && LongStream.of(others).anyMatch(each -> Long.bitCount(bits ^ each) <= NEAR))
                .count();
    }

    // Frames without contrast have no bits and are alike in all films.
    private static long bits(String hash) {
        return Long.parseUnsignedLong(hash, 16);
    }
}

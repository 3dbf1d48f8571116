package org.chromaprep.dataset;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.chromaprep.output.shard.ColourCounts;
import org.chromaprep.output.shard.FilmSamples;
import org.chromaprep.output.shard.TarShard;

/**
 * A shard of a data set of which it is known which samples it will have, and where these lie in the films' shards. It is planned by
 * one thread, then packed by any other, without looking at anything else.
 */
final class PlannedShard {
    private final Path file;
    private final Optional<Path> beginning;
    private final List<Piece> pieces = new ArrayList<>();
    private long length;
    private int samples;

    /**
     * A sample's place in a film's shard.
     *
     * @param given what is added to its record
     */
    private record Piece(Path shard, long offset, int length, Map<String, Object> given) {
        FilmSamples samples(RandomAccessFile from) throws IOException {
            var bytes = new byte[length];
            from.seek(offset);
            from.readFully(bytes);
            return new FilmSamples(new ByteArrayInputStream(bytes));
        }
    }

    /**
     * What was packed.
     *
     * @param shard under its temporary name
     * @param places of its samples, by their keys
     */
    record Packed(DataSetIndex.Shard shard, Map<String, SamplePlaces.Place> places) {}

    /** An empty shard. */
    PlannedShard(Path file) {
        this.file = file;
        this.beginning = Optional.empty();
    }

    /**
     * A shard that begins as one that there is.
     *
     * @param beginning of the same name or another one
     * @param length of the samples in it
     * @param samples how many they are
     */
    PlannedShard(Path file, Path beginning, long length, int samples) {
        this.file = file;
        this.beginning = Optional.of(beginning);
        this.length = length;
        this.samples = samples;
    }

    Path file() {
        return file;
    }

    /** Whether it would be larger than a shard may be with another sample; one sample it takes in any case. */
    boolean isFullFor(SamplePlaces.Head sample, long largest) {
        return samples > 0 && TarShard.sizeWith(length, sample.bytes(), sample.members()) > largest;
    }

    /**
     * Plans a sample behind those before.
     *
     * @param shard the film's, in which it lies
     * @param there as it lies there
     * @param sample as it will be
     * @param given what is added to its record then
     */
    void add(Path shard, SamplePlaces.Head there, SamplePlaces.Head sample, Map<String, Object> given) {
        pieces.add(new Piece(shard, there.offset(), Math.toIntExact(there.length()), given));
        length += sample.length();
        samples++;
    }

    /**
     * Packs it, under its temporary name, which is gone if that fails.
     *
     * @param full whether it is never touched again
     * @param unwanted whether nobody needs it any more
     */
    Packed pack(boolean full, BooleanSupplier unwanted) throws IOException {
        var places = new HashMap<String, SamplePlaces.Place>();
        try (var shard = new TarShard(file)) {
            var colours = ColourCounts.NONE;
            if (beginning.isPresent()) {
                try (var there = new FilmSamples(beginning.get())) {
                    for (var sample = there.read(); sample.isPresent(); sample = there.read()) {
                        colours = colours.plus(add(shard, sample.get(), places));
                    }
                }
            }
            var next = 0;
            while (next < pieces.size()) {
                var source = pieces.get(next).shard();
                try (var from = new RandomAccessFile(source.toFile(), "r")) {
                    for (; next < pieces.size() && pieces.get(next).shard().equals(source); next++) {
                        if (unwanted.getAsBoolean()) {
                            throw new IOException("the build has ended");
                        }
                        var piece = pieces.get(next);
                        try (var read = piece.samples(from)) {
                            var sample = read.read()
                                    .orElseThrow(() -> new IOException(
                                            "there is no sample at " + piece.offset() + " of " + piece.shard()));
                            colours = colours.plus(add(shard, sample.with(piece.given()), places));
                        }
                    }
                }
            }
            if (shard.length() != length || shard.samples() != samples) {
                throw new IllegalStateException("The shard " + file + " was planned with " + samples + " samples of "
                        + length + " bytes and has " + shard.samples() + " of " + shard.length() + ".");
            }
            return new Packed(new DataSetIndex.Shard(shard.finish(), full, colours), places);
        }
    }

    private ColourCounts add(TarShard shard, FilmSamples.Sample sample, Map<String, SamplePlaces.Place> places)
            throws IOException {
        var begin = shard.length();
        shard.add(sample.key(), sample.members());
        places.put(
                sample.key(),
                new SamplePlaces.Place(file.getFileName().toString(), begin, shard.length() - begin, sample.record()));
        return sample.colours();
    }
}

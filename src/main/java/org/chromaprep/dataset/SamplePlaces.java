package org.chromaprep.dataset;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Json;
import org.chromaprep.output.shard.FilmSamples;
import org.chromaprep.output.shard.Member;
import org.chromaprep.output.shard.SampleRecord;
import org.chromaprep.output.shard.TarShard;

/** Finds where samples lie in their shards, reading nothing but heads and records. Stateless. */
final class SamplePlaces {
    private static final String JSON = "json";

    private SamplePlaces() {}

    /**
     * Where a sample is.
     *
     * @param shard the file's name
     * @param offset of its first byte, the head of its first member
     * @param length of all its members with their heads
     * @param record what it says of itself
     */
    record Place(String shard, long offset, long length, SampleRecord record) {}

    /**
     * A sample of which nothing but its heads and its record was read.
     *
     * @param offset of its first byte in its shard, the head of its first member
     * @param length of all its members with their heads
     * @param bytes of all its members
     * @param members how many they are
     * @param json what it says of itself
     */
    record Head(String key, long offset, long length, long bytes, int members, byte[] json) {
        SampleRecord record() throws IOException {
            return Json.MAPPER.readValue(json, SampleRecord.class);
        }

        /** What it would be with more in its record, which says nothing of its place. */
        Head with(Map<String, Object> more) throws IOException {
            var longer = new FilmSamples.Sample(key, List.of(new Member(JSON, ByteBuffer.wrap(json))))
                    .with(more)
                    .member(JSON)
                    .orElseThrow()
                    .array();
            return new Head(
                    key,
                    offset,
                    length + TarShard.padded(longer.length) - TarShard.padded(json.length),
                    bytes + longer.length - json.length,
                    members,
                    longer);
        }
    }

    /** Does something with a sample. */
    interface Use<E extends Exception> {
        void of(Head sample) throws IOException, E;
    }

    /** Looks at the samples of a shard in their order. */
    static <E extends Exception> void heads(Path file, Use<E> use) throws IOException, E {
        try (var tar = new TarFile(file)) {
            var key = "";
            var begin = 0L;
            var end = 0L;
            var bytes = 0L;
            var members = 0;
            var json = Optional.<byte[]>empty();
            for (var entry : tar.getEntries()) {
                var dot = entry.getName().indexOf('.');
                if (dot < 0) {
                    throw new IOException("the member " + entry.getName() + " is no sample's");
                }
                if (!entry.getName().substring(0, dot).equals(key)) {
                    use(use, key, begin, end, bytes, members, json);
                    key = entry.getName().substring(0, dot);
                    begin = end;
                    bytes = 0;
                    members = 0;
                    json = Optional.empty();
                }
                if (entry.getName().substring(dot + 1).equals(JSON)) {
                    json = Optional.of(content(tar, entry));
                }
                end = entry.getDataOffset() + TarShard.padded(entry.getSize());
                bytes += entry.getSize();
                members++;
            }
            use(use, key, begin, end, bytes, members, json);
        }
    }

    private static <E extends Exception> void use(
            Use<E> use, String key, long begin, long end, long bytes, int members, Optional<byte[]> json)
            throws IOException, E {
        if (members > 0) {
            use.of(new Head(
                    key,
                    begin,
                    end - begin,
                    bytes,
                    members,
                    json.orElseThrow(() -> new IOException("the sample " + key + " has no .json member"))));
        }
    }

    private static byte[] content(TarFile tar, TarArchiveEntry entry) throws IOException {
        try (var in = tar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /** The places of a data set's samples, by their keys; of shards that are not committed yet, too. */
    static Map<String, Place> of(Path folder, Iterable<DataSetIndex.Shard> shards) throws IOException {
        var places = new HashMap<String, Place>();
        for (var shard : shards) {
            var file = folder.resolve(shard.record().name());
            var temporary = DurableFiles.temporary(file);
            heads(
                    Files.exists(temporary) ? temporary : file,
                    sample -> places.put(
                            sample.key(),
                            new Place(shard.record().name(), sample.offset(), sample.length(), sample.record())));
        }
        return places;
    }

    /** Reads one sample and nothing else of its shard. */
    static FilmSamples.Sample read(Path folder, Place place) throws IOException {
        var bytes = new byte[Math.toIntExact(place.length())];
        try (var file = new RandomAccessFile(folder.resolve(place.shard()).toFile(), "r")) {
            file.seek(place.offset());
            file.readFully(bytes);
        }
        try (var samples = new FilmSamples(new ByteArrayInputStream(bytes))) {
            return samples.read()
                    .orElseThrow(
                            () -> new IOException("there is no sample at " + place.offset() + " of " + place.shard()));
        }
    }
}

package org.chromaprep.dataset;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Json;
import org.chromaprep.output.shard.FilmSamples;
import org.chromaprep.output.shard.SampleRecord;

/** Finds where samples lie in their shards, reading nothing but heads and records. Stateless. */
final class SamplePlaces {
    private static final int BLOCK = 512;

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

    /** The places of a data set's samples, by their keys; of shards that are not committed yet, too. */
    static Map<String, Place> of(Path folder, Iterable<DataSetIndex.Shard> shards) throws IOException {
        var places = new HashMap<String, Place>();
        for (var shard : shards) {
            var file = folder.resolve(shard.record().name());
            var temporary = DurableFiles.temporary(file);
            add(Files.exists(temporary) ? temporary : file, shard.record().name(), places);
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

    private static void add(Path file, String name, Map<String, Place> places) throws IOException {
        try (var tar = new TarFile(file)) {
            var key = "";
            var begin = 0L;
            var end = 0L;
            var record = Optional.<SampleRecord>empty();
            for (var entry : tar.getEntries()) {
                var dot = entry.getName().indexOf('.');
                var own = entry.getName().substring(0, dot);
                if (!own.equals(key)) {
                    put(places, key, name, begin, end, record);
                    key = own;
                    begin = end;
                }
                if (entry.getName().endsWith(".json")) {
                    record = Optional.of(record(tar, entry));
                }
                end = (entry.getDataOffset() + entry.getSize() + BLOCK - 1) / BLOCK * BLOCK;
            }
            put(places, key, name, begin, end, record);
        }
    }

    private static SampleRecord record(TarFile tar, TarArchiveEntry entry) throws IOException {
        try (var in = tar.getInputStream(entry)) {
            return Json.MAPPER.readValue(in.readAllBytes(), SampleRecord.class);
        }
    }

    private static void put(
            Map<String, Place> places, String key, String shard, long begin, long end, Optional<SampleRecord> record)
            throws IOException {
        if (!key.isEmpty()) {
            places.put(
                    key,
                    new Place(
                            shard,
                            begin,
                            end - begin,
                            record.orElseThrow(() -> new IOException("the sample " + key + " has no .json member"))));
        }
    }
}

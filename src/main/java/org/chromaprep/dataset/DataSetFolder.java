package org.chromaprep.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.FolderLock;
import org.chromaprep.files.Hashes;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;
import org.chromaprep.files.SealedJson;
import org.chromaprep.output.film.OutputNames;
import org.chromaprep.output.film.ProjectionFiles;

/**
 * The folder of a data set while it is built: locked, and committed step by step. A commit writes the new index beside the
 * old one, gives the files that it lists their names, and then takes the old index's place; one that was cut short is
 * finished by the next build. Whoever opens it closes it. One thread.
 */
final class DataSetFolder implements AutoCloseable {
    private static final Pattern COMMITTED =
            Pattern.compile("((train|val|test)-\\d{6}\\.tar|frames\\.(jsonl|parquet)|scenes\\.jsonl)(\\.tmp)?");
    private static final String NEXT = "next-" + OutputNames.DATA_SET_INDEX;

    private final Path folder;
    private final FolderLock lock;
    private Optional<DataSetIndex> index;

    private DataSetFolder(Path folder, FolderLock lock, Optional<DataSetIndex> index) {
        this.folder = folder;
        this.lock = lock;
        this.index = index;
    }

    /**
     * Opens a folder, changing nothing in it but to finish a commit that was cut short.
     *
     * @param overwrite whether an earlier data set counts for nothing; {@link #clear} removes it
     * @throws OutputException if another build works on it, or what is there is damaged
     */
    static DataSetFolder open(Path folder, boolean overwrite) throws IOException, OutputException {
        Files.createDirectories(folder);
        var lock = FolderLock.take(folder);
        var opened = false;
        try {
            if (!overwrite) {
                finishCommit(folder);
            }
            var file = folder.resolve(OutputNames.DATA_SET_INDEX);
            var index = overwrite || !Files.exists(file) ? Optional.<DataSetIndex>empty() : Optional.of(read(file));
            var data = new DataSetFolder(folder, lock, index);
            opened = true;
            return data;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    private static DataSetIndex read(Path file) throws IOException, OutputException {
        try {
            var read = SealedJson.read(file);
            var index = read.as(DataSetIndex.class);
            if (read.seal() != SealedJson.Seal.SOUND) {
                throw new OutputException(
                        "The file " + file + " was changed or damaged since it was written: its seal differs;"
                                + " `overwrite` builds the data set anew.");
            }
            return index;
        } catch (JsonProcessingException e) {
            throw new OutputException(
                    "The file " + file + " " + Json.complaint(e) + "; `overwrite` builds the data set anew.", e);
        }
    }

    // The next index was whole before the first shard was renamed, and so were the shards that it names.
    private static void finishCommit(Path folder) throws IOException, OutputException {
        var next = folder.resolve(NEXT);
        if (!Files.exists(next)) {
            return;
        }
        var index = read(next);
        for (var shards : index.shards().values()) {
            for (var shard : shards) {
                var temporary =
                        DurableFiles.temporary(folder.resolve(shard.record().name()));
                if (Files.exists(temporary)
                        && Files.size(temporary) == shard.record().bytes()
                        && Hashes.sha256(temporary, () -> false)
                                .orElseThrow()
                                .equals(shard.record().sha256())) {
                    DurableFiles.rename(temporary, folder.resolve(shard.record().name()));
                }
            }
        }
        var ledger = DurableFiles.temporary(folder.resolve(SampleLedger.FILE));
        if (index.ledger().isPresent() && index.ledger().get().describes(ledger)) {
            DurableFiles.rename(ledger, folder.resolve(SampleLedger.FILE));
        }
        var scenes = DurableFiles.temporary(folder.resolve(SceneList.FILE));
        if (index.scenes().isPresent() && index.scenes().get().describes(scenes)) {
            DurableFiles.rename(scenes, folder.resolve(SceneList.FILE));
        }
        var table = DurableFiles.temporary(folder.resolve(FrameTable.FILE));
        if (index.table().isPresent() && index.table().get().describes(table)) {
            DurableFiles.rename(table, folder.resolve(FrameTable.FILE));
        }
        DurableFiles.rename(next, folder.resolve(OutputNames.DATA_SET_INDEX));
    }

    /** Removes what is not committed, or all of a data set that counts for nothing. */
    void clear() throws IOException {
        if (index.isEmpty()) {
            // The index first: without it no file left over counts.
            Files.deleteIfExists(folder.resolve(OutputNames.DATA_SET_INDEX));
            Files.deleteIfExists(folder.resolve(NEXT));
            Files.deleteIfExists(folder.resolve(ProjectionFiles.RECORD));
            Files.deleteIfExists(folder.resolve(ProjectionFiles.ARRAY));
        }
        Set<String> named = new HashSet<>();
        index.ifPresent(each -> each.shards()
                .values()
                .forEach(shards ->
                        shards.forEach(shard -> named.add(shard.record().name()))));
        index.flatMap(DataSetIndex::ledger).ifPresent(ledger -> named.add(SampleLedger.FILE));
        index.flatMap(DataSetIndex::table).ifPresent(table -> named.add(FrameTable.FILE));
        index.flatMap(DataSetIndex::scenes).ifPresent(scenes -> named.add(SceneList.FILE));
        try (var files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                if (COMMITTED.matcher(name).matches() && !named.contains(name)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The index as last committed. */
    Optional<DataSetIndex> index() {
        return index;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /**
     * Makes an index permanent.
     *
     * @param finished names of files that it lists and that have their temporary names yet
     */
    void commit(DataSetIndex wanted, List<String> finished) throws IOException {
        SealedJson.write(folder.resolve(NEXT), wanted);
        for (var name : finished) {
            DurableFiles.rename(DurableFiles.temporary(folder.resolve(name)), folder.resolve(name));
        }
        DurableFiles.rename(folder.resolve(NEXT), folder.resolve(OutputNames.DATA_SET_INDEX));
        index = Optional.of(wanted);
        if (wanted.complete()) {
            derive(wanted);
        }
    }

    /** Writes what is derived from a complete index, which alone counts, where that is not there as it should be. */
    void derive(DataSetIndex complete) throws IOException {
        for (var file : derived(complete).entrySet()) {
            var path = folder.resolve(file.getKey());
            if (!Files.isRegularFile(path) || !Arrays.equals(Files.readAllBytes(path), file.getValue())) {
                DurableFiles.replace(path, file.getValue());
            }
        }
    }

    /** The files that are derived from a complete index, by their names: what WebDataset's wids reads, and the data set's card. */
    static Map<String, byte[]> derived(DataSetIndex wanted) throws IOException {
        var derived = new TreeMap<String, byte[]>();
        for (var split : Split.values()) {
            var list = new ArrayList<Map<String, Object>>();
            for (var shard : wanted.shards().getOrDefault(split, List.of())) {
                list.add(new TreeMap<>(Map.of(
                        "url",
                        shard.record().name(),
                        "nsamples",
                        shard.record().samples(),
                        "filesize",
                        shard.record().bytes())));
            }
            var content = new TreeMap<String, Object>(Map.of(
                    "__kind__", "wids-shard-index-v1", "wids_version", 1, "name", split.label(), "shardlist", list));
            derived.put(
                    split.label() + ".wids.json",
                    Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
        }
        derived.put(DataCard.FILE, new DataCard(wanted).markdown().getBytes(StandardCharsets.UTF_8));
        return derived;
    }

    /** The shards of each part, as last committed. */
    Map<Split, List<DataSetIndex.Shard>> shards() {
        var shards = new EnumMap<Split, List<DataSetIndex.Shard>>(Split.class);
        for (var split : Split.values()) {
            shards.put(
                    split,
                    index.map(each -> each.shards().getOrDefault(split, List.of()))
                            .orElse(List.of()));
        }
        return shards;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}

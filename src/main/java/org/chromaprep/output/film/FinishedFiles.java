package org.chromaprep.output.film;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.chromaprep.output.shard.ShardRecord;

/** The files of a finished run. Stateless. */
public final class FinishedFiles {
    private FinishedFiles() {}

    /** The video of that name and, where it is a coloured one, the one to look at beside it; those that are there, with their hashes. */
    static List<StoredFile> videos(Path folder, Optional<String> video) throws IOException {
        var files = new ArrayList<StoredFile>();
        if (video.isPresent() && Files.exists(folder.resolve(video.get()))) {
            files.add(StoredFile.of(folder.resolve(video.get())));
            if (video.get().startsWith(OutputNames.COLOURED)) {
                try (var beside = Files.newDirectoryStream(folder, OutputNames.BESIDE + ".*")) {
                    for (var file : StreamSupport.stream(beside.spliterator(), false)
                            .sorted()
                            .toList()) {
                        files.add(StoredFile.of(file));
                    }
                }
            }
        }
        return files;
    }

    /**
     * When each file of a finished run was last written, by its path in the folder (ISO 8601, UTC); of those that are there. With
     * these a check that is in a hurry knows what was touched since.
     */
    public static Map<String, String> times(Path folder, Manifest manifest) throws IOException {
        var times = new TreeMap<String, String>();
        for (var name : names(manifest, true)) {
            if (Files.exists(folder.resolve(name))) {
                times.put(name, time(folder.resolve(name)));
            }
        }
        return times;
    }

    /**
     * The files that a finished run's manifest names, by their paths in its folder.
     *
     * @param videos whether all are wanted, or only those that data sets are made of
     */
    public static List<String> names(Manifest manifest, boolean videos) {
        var names = new ArrayList<>(List.of(OutputNames.LEDGER));
        for (var shard : manifest.shards()) {
            names.add(OutputNames.SHARDS + "/" + shard.name());
            names.add(OutputNames.SHARDS + "/" + sideFile(shard));
        }
        if (videos) {
            manifest.files().forEach(file -> names.add(file.name()));
        }
        return names;
    }

    /** The name of the file beside a shard. */
    static String sideFile(ShardRecord shard) {
        return shard.name().replaceFirst("\\.tar$", ".json");
    }

    /** When a file was last written. */
    static String time(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant().toString();
    }
}

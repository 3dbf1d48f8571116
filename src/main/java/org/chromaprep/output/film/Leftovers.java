package org.chromaprep.output.film;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chromaprep.files.DurableFiles;

/** Removes what earlier runs left in a film's folder: only files of the names that runs give, nothing else. */
final class Leftovers {
    private static final Pattern SEGMENT =
            Pattern.compile("\\.?\\d{6}(" + OutputNames.COMPANION + ")?\\.nut(\\.part)?");
    private static final Pattern TOP = Pattern.compile(
            "(manifest\\.json|frames\\.jsonl|\\.view\\.json|\\.checkpoint-\\d{6}\\.json)(\\.tmp)?|\\.?(annotated|colorized|side-by-side)\\.[a-z0-9]+(\\.part)?"
                    + "|colours\\.json(\\.tmp)?");
    private static final Pattern HEAD = Pattern.compile("(shot-\\d{6}|pooled)\\.npz(\\.tmp)?");
    private static final Pattern NEXT = Pattern.compile("shot-\\d{6}_frame-\\d{9}(-where)?\\.png(\\.tmp)?");
    private static final Pattern TOP_UNCOMMITTED = Pattern.compile(
            "(manifest\\.json|\\.view\\.json|\\.checkpoint-\\d{6}\\.json)\\.tmp|\\.checkpoint-\\d{6}\\.json"
                    + "|\\.(annotated|colorized|side-by-side)\\.[a-z0-9]+\\.part|colours\\.json\\.tmp");

    private final Path folder;
    private final Pattern shard;

    Leftovers(Path folder, String name) {
        this.folder = folder;
        this.shard = Pattern.compile(Pattern.quote(name) + "-\\d{6}\\.(tar|json)(\\.tmp)?");
    }

    /** Removes a whole run; its manifest goes first, so that what remains for a moment is no run. */
    void removeAll() throws IOException {
        Files.deleteIfExists(folder.resolve(Manifest.FILE));
        removeTree(folder.resolve(OutputNames.PARTS));
        remove(folder, name -> TOP.matcher(name).matches());
        remove(folder.resolve(OutputNames.SHARDS), name -> shard.matcher(name).matches());
        remove(folder.resolve(OutputNames.SEGMENTS), name -> SEGMENT.matcher(name)
                .matches());
        remove(folder.resolve(OutputNames.HEADS), name -> HEAD.matcher(name).matches());
        remove(folder.resolve(OutputNames.NEXT), name -> NEXT.matcher(name).matches());
    }

    /** Removes what the manifest does not name. */
    void removeUncommitted(Manifest manifest) throws IOException {
        Set<String> shards = new HashSet<>();
        manifest.shards().forEach(shard -> {
            shards.add(shard.name());
            shards.add(FinishedFiles.sideFile(shard));
        });
        manifest.partial()
                .ifPresent(partial -> shards.add(
                        DurableFiles.temporary(Path.of(partial.name())).toString()));
        remove(folder.resolve(OutputNames.SHARDS), name -> shard.matcher(name).matches() && !shards.contains(name));
        var segments = Stream.concat(manifest.segments().stream(), manifest.companions().stream())
                .map(StoredFile::name)
                .collect(Collectors.toSet());
        remove(
                folder.resolve(OutputNames.SEGMENTS),
                name -> SEGMENT.matcher(name).matches() && !segments.contains(name));
        remove(
                folder,
                name -> TOP_UNCOMMITTED.matcher(name).matches()
                        && !manifest.checkpoint().map(StoredFile::name).equals(Optional.of(name)));
        if (manifest.complete()) {
            Files.deleteIfExists(folder.resolve(OutputNames.SEGMENTS));
            Files.deleteIfExists(folder.resolve(OutputNames.VIEW));
        }
        if (manifest.complete() || manifest.checkpoint().isPresent()) {
            // What came of the parts is here, or the film is computed without them.
            removeTree(folder.resolve(OutputNames.PARTS));
        }
    }

    /** Removes a folder that runs alone write in, with all that is in it; nothing where there is none. */
    static void removeTree(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var all = Files.walk(tree)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static void remove(Path in, Predicate<String> condition) throws IOException {
        if (!Files.isDirectory(in)) {
            return;
        }
        try (var files = Files.newDirectoryStream(in, Files::isRegularFile)) {
            for (var file : files) {
                if (condition.test(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
    }
}

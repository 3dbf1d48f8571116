package org.chromaprep.output.film;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.io.input.BoundedInputStream;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Failures;
import org.chromaprep.files.FolderLock;
import org.chromaprep.files.Hashes;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.shard.ShardRecord;

/**
 * Puts a film together of parts that were computed by themselves, each in a folder of its own: their ledgers one behind the other,
 * their shards and the parts of their videos by their names. What comes of it is the folder of a run that has come to the film's end
 * and has not joined its video yet; the run that continues it does.
 *
 * <p>Files are linked, or copied where a file system has no links, so that the parts stay whole until the film's manifest, written
 * last, says that all of it is here: whoever is killed before merges again.
 */
public final class FilmMerge {
    private final Path folder;
    private final RunDescription run;
    private final List<ShardRecord> shards = new ArrayList<>();
    private final List<StoredFile> segments = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final TreeMap<String, Double> stages = new TreeMap<>();
    private LedgerCounts counts = LedgerCounts.NONE;
    private long saturated;

    private FilmMerge(Path folder, RunDescription run) {
        this.folder = folder;
        this.run = run;
    }

    /**
     * Merges.
     *
     * @param out the run's output folder, in which the film's holds no frame yet
     * @param name the film's name
     * @param run what all parts were to write
     * @param parts the folders in which the parts' folders of that name are, in the order of the film
     * @throws OutputException if a part is missing, damaged, or of another run, or the folder cannot be written
     */
    @SuppressWarnings("try")
    public static void merge(Path out, String name, RunDescription run, List<Path> parts) throws OutputException {
        var folder = out.resolve(name);
        try (var lock = FolderLock.take(folder)) {
            new FilmMerge(folder, run)
                    .merge(parts.stream().map(part -> part.resolve(name)).toList());
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    /**
     * Refuses to compute a part that could not be merged: of other settings, or by other kernels than the film's plan.
     *
     * @param film the film's folder
     * @param run what the part is to write
     * @throws OutputException if the folder holds another run
     */
    public static void demand(Path film, RunDescription run) throws OutputException {
        try {
            new ManifestFile(film).find(run);
        } catch (IOException e) {
            throw Failures.writing(film, e);
        }
    }

    /**
     * Whether a part is there and whole, of that run.
     *
     * @param folder the part's
     */
    public static boolean isWhole(Path folder, RunDescription run) {
        try {
            var manifest = ManifestFile.read(folder);
            return Differences.between(manifest, Manifest.beginning(run)).isEmpty()
                    && manifest.open().isEmpty()
                    && manifest.partial().isEmpty()
                    && manifest.mixture().isEmpty()
                    && manifest.checkpoint().isPresent()
                    && isThere(folder, manifest)
                    && new ManifestFile(folder)
                            .readCheckpoint(manifest.checkpoint().get())
                            .states()
                            .containsKey(Checkpoint.ENDED);
        } catch (IOException | OutputException e) {
            // It is computed again.
            return false;
        }
    }

    private static boolean isThere(Path folder, Manifest manifest) throws IOException {
        for (var shard : manifest.shards()) {
            var file = folder.resolve(OutputNames.SHARDS).resolve(shard.name());
            if (!Files.isRegularFile(file)
                    || Files.size(file) != shard.bytes()
                    || !Files.exists(file.resolveSibling(FinishedFiles.sideFile(shard)))) {
                return false;
            }
        }
        for (var segment : manifest.segments()) {
            if (!segment.isIn(folder.resolve(OutputNames.SEGMENTS))) {
                return false;
            }
        }
        var ledger = folder.resolve(OutputNames.LEDGER);
        return Files.exists(ledger)
                && Files.size(ledger) >= manifest.ledgerBytes()
                && Hashes.sha256(ledger, manifest.ledgerBytes()).equals(manifest.ledgerSha256());
    }

    /**
     * Removes all parts of a film.
     *
     * @param film the film's folder
     * @throws OutputException if they cannot be removed
     */
    public static void removeParts(Path film) throws OutputException {
        try {
            Leftovers.removeTree(film.resolve(OutputNames.PARTS));
        } catch (IOException e) {
            throw Failures.writing(film, e);
        }
    }

    private void merge(List<Path> parts) throws IOException, OutputException {
        var manifests = new ManifestFile(folder);
        var found = manifests.find(run).manifest();
        if (found.checkpoint().isPresent() || found.complete()) {
            throw new IllegalStateException("There are frames in " + folder + " already.");
        }
        Files.createDirectories(folder.resolve(OutputNames.SHARDS));
        Files.createDirectories(folder.resolve(OutputNames.SEGMENTS));
        var ledger = DigestUtils.getSha256Digest();
        var last = Optional.<Checkpoint>empty();
        var bytes = 0L;
        try (var channel = FileChannel.open(
                        folder.resolve(OutputNames.LEDGER),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                var lines = new DigestOutputStream(Channels.newOutputStream(channel), ledger)) {
            for (var part : parts) {
                var manifest = read(part);
                bytes += manifest.ledgerBytes();
                copyLedger(part, manifest, lines);
                take(part, manifest);
                last = manifest.checkpoint().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new ManifestFile(part)
                                .readCheckpoint(manifest.checkpoint().get()));
            }
            lines.flush();
            channel.force(true);
        }
        DurableFiles.syncFolder(folder.resolve(OutputNames.SHARDS));
        DurableFiles.syncFolder(folder.resolve(OutputNames.SEGMENTS));
        var checkpoint = manifests.writeCheckpoint(1, last.orElseThrow());
        var sum = bytes;
        manifests.replace(found.changed(draft -> {
            draft.ledger = counts;
            draft.ledgerBytes = sum;
            draft.ledgerSha256 = HexFormat.of().formatHex(ledger.digest());
            draft.shards = shards;
            draft.segments = segments;
            draft.stages = stages;
            draft.float16Saturated = saturated;
            draft.notes = notes;
            draft.checkpoint = Optional.of(checkpoint);
        }));
    }

    private Manifest read(Path part) throws IOException, OutputException {
        if (!isWhole(part, run)) {
            var found = ManifestFile.read(part);
            var differences = Differences.between(found, Manifest.beginning(run));
            throw OutputException.ofDamage("The part " + part
                    + " of the film is not whole, or was computed otherwise than"
                    + " this run ("
                    + String.join("; ", differences.isEmpty() ? List.of("it has not come to its end") : differences)
                    + "); compute it again.");
        }
        return ManifestFile.read(part);
    }

    private void copyLedger(Path part, Manifest manifest, OutputStream to) throws IOException, OutputException {
        var digest = DigestUtils.getSha256Digest();
        var file = part.resolve(OutputNames.LEDGER);
        try (var from = BoundedInputStream.builder()
                .setInputStream(Files.newInputStream(file))
                .setMaxCount(manifest.ledgerBytes())
                .get()) {
            from.transferTo(new DigestOutputStream(to, digest) {
                @Override
                public void close() {}
            });
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(manifest.ledgerSha256())) {
            throw OutputException.ofDamage(
                    "The ledger " + file + " is not the one that was written: its SHA-256 differs from its manifest's;"
                            + " compute this part again.");
        }
    }

    private void take(Path part, Manifest manifest) throws IOException {
        for (var shard : manifest.shards()) {
            for (var file : List.of(shard.name(), FinishedFiles.sideFile(shard))) {
                place(
                        part.resolve(OutputNames.SHARDS).resolve(file),
                        folder.resolve(OutputNames.SHARDS).resolve(file));
            }
            shards.add(shard);
        }
        for (var segment : manifest.segments()) {
            var name = String.format(Locale.ROOT, "%06d.nut", segments.size());
            place(
                    part.resolve(OutputNames.SEGMENTS).resolve(segment.name()),
                    folder.resolve(OutputNames.SEGMENTS).resolve(name));
            segments.add(new StoredFile(name, segment.bytes(), segment.sha256()));
        }
        counts = counts.plus(manifest.ledger());
        saturated += manifest.float16Saturated();
        manifest.stages().forEach((stage, seconds) -> stages.merge(stage, seconds, Double::sum));
        manifest.notes().stream().filter(note -> !notes.contains(note)).forEach(notes::add);
    }

    private static void place(Path from, Path to) throws IOException {
        try {
            Files.deleteIfExists(to);
            Files.createLink(to, from);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
            DurableFiles.sync(to);
        }
    }
}

package org.chromaprep.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One film's output folder while a run writes it: locked against other runs, continued where an earlier one ended, and
 * committed step by step.
 *
 * <p>Ledger lines, segments and commits belong to one thread; the {@link ShardWriter} to another, which is ahead of it.
 * Whoever opens the folder closes it.
 */
public final class FilmFolder implements AutoCloseable {
    static final String LEDGER = "frames.jsonl";
    static final String SHARDS = "shards";
    static final String SEGMENTS = ".segments";
    private static final String LOCK = ".lock";
    private static final String CHECKPOINT = ".checkpoint-%06d.json";

    private final Path folder;
    private final String name;
    private final FileChannel lockFile;
    private final FileLock lock;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private Manifest manifest;
    private Optional<Checkpoint> checkpoint = Optional.empty();
    private Optional<ShardWriter> shards = Optional.empty();
    private LedgerCounts counts;
    private int commits;

    private FilmFolder(Path folder, String name, FileChannel lockFile, FileLock lock, Manifest manifest) {
        this.folder = folder;
        this.name = name;
        this.lockFile = lockFile;
        this.lock = lock;
        this.manifest = manifest;
        this.counts = manifest.ledger();
        this.commits = manifest.checkpoint().map(FilmFolder::checkpointNumber).orElse(0);
    }

    /**
     * Opens a film's folder, making it where it is not there, and takes its lock.
     *
     * @param out the run's output folder
     * @param name the film's name in it
     * @param run what is to be written
     * @param overwrite whether what another run left is removed
     * @throws OutputException if the folder cannot be written, another process works on it, or it holds a run with other
     *     settings
     */
    public static FilmFolder open(Path out, String name, RunDescription run, boolean overwrite) throws OutputException {
        var folder = out.resolve(name);
        try {
            Files.createDirectories(folder.resolve(SHARDS));
            var lockFile = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var opened = false;
            try {
                var film = locked(folder, name, run, overwrite, lockFile);
                opened = true;
                return film;
            } finally {
                if (!opened) {
                    lockFile.close();
                }
            }
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    private static FilmFolder locked(Path folder, String name, RunDescription run, boolean overwrite, FileChannel lockFile)
            throws IOException, OutputException {
        var lock = lock(lockFile, folder);
        var leftovers = new Leftovers(folder, name);
        if (overwrite) {
            leftovers.removeAll();
        }
        var film = new FilmFolder(folder, name, lockFile, lock, manifest(folder, run));
        film.resume(leftovers);
        return film;
    }

    private static FileLock lock(FileChannel file, Path folder) throws IOException, OutputException {
        try {
            var lock = Optional.ofNullable(file.tryLock());
            return lock.orElseThrow(() -> inUse(folder));
        } catch (OverlappingFileLockException e) {
            // Another run in this very process holds it: the same answer as for another process.
            throw inUse(folder);
        }
    }

    private static OutputException inUse(Path folder) {
        return new OutputException("Another run is writing to " + folder + "; wait for it or choose another --out.");
    }

    private static Manifest manifest(Path folder, RunDescription run) throws IOException, OutputException {
        var fresh = new Manifest(run.settings(), run.source(), run.weights(), run.versions(), run.untrained(),
                LedgerCounts.NONE, 0, List.of(), Optional.empty(), List.of(), Map.of(), 0, List.of(), Optional.empty(), false);
        var file = folder.resolve(Manifest.FILE);
        if (!Files.exists(file)) {
            return fresh;
        }
        try {
            var found = Json.read(file, Manifest.class);
            var differences = Differences.between(found, fresh);
            if (!differences.isEmpty()) {
                throw new OutputException("The folder " + folder + " holds a run with other settings ("
                        + String.join("; ", differences) + "); choose another --out, or --overwrite to replace it.");
            }
            return found;
        } catch (JsonProcessingException e) {
            throw damaged(file, e);
        }
    }

    private static OutputException damaged(Path file, IOException cause) {
        return new OutputException("The file " + file + " is damaged or missing; --overwrite replaces the run.", cause);
    }

    private static int checkpointNumber(String fileName) {
        var digits = fileName.replaceAll("\\D", "");
        return digits.isEmpty() || digits.length() > 6 ? 0 : Integer.parseInt(digits);
    }

    // What lies beyond the last commit was written by a run that ended before it could say so; it is computed again.
    private void resume(Leftovers leftovers) throws IOException, OutputException {
        if (manifest.checkpoint().isPresent()) {
            var file = folder.resolve(CHECKPOINT.formatted(commits));
            try {
                checkpoint = Optional.of(Json.read(file, Checkpoint.class));
            } catch (NoSuchFileException | JsonProcessingException e) {
                throw damaged(file, e);
            }
        }
        leftovers.removeUncommitted(manifest);
        if (!manifest.complete()) {
            Files.createDirectories(folder.resolve(SEGMENTS));
            var ledger = folder.resolve(LEDGER);
            try (var channel = FileChannel.open(ledger, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                if (channel.size() < manifest.ledgerBytes()) {
                    throw new OutputException("The ledger " + ledger + " is shorter than its manifest says; --overwrite"
                            + " replaces the run.");
                }
                channel.truncate(manifest.ledgerBytes());
            }
        }
    }

    /** Whether the run described is already here, whole. */
    public boolean complete() {
        return manifest.complete();
    }

    /** Where an earlier run ended, if there was one. */
    public Optional<Checkpoint> checkpoint() {
        return checkpoint;
    }

    /** The manifest as last committed. */
    public Manifest manifest() {
        return manifest;
    }

    /** Where the finished file of that name belongs. */
    public Path file(String fileName) {
        return folder.resolve(fileName);
    }

    /**
     * The writer of this folder's shards, continuing after the committed ones. Called once; this folder closes it.
     *
     * @param largestShard bytes of a shard at most
     * @param mostFrames samples of a shard at most
     * @param largestSample bytes of a sample's members at most
     * @param membersPerSample how many members a sample has at most
     * @throws OutputException if a shard could not hold a single sample
     */
    public ShardWriter shardWriter(long largestShard, OptionalInt mostFrames, long largestSample, int membersPerSample)
            throws OutputException {
        var writer = new ShardWriter(folder.resolve(SHARDS), name, manifest.shards().size(), largestShard, mostFrames,
                largestSample, membersPerSample);
        shards = Optional.of(writer);
        return writer;
    }

    /** A path for the next part of the annotated video, which {@link #commit} then takes up. */
    public Path nextSegment() {
        return folder.resolve(SEGMENTS).resolve("%06d.nut".formatted(manifest.segments().size()));
    }

    /** The committed parts of the annotated video, in order. */
    public List<Path> segments() {
        return manifest.segments().stream().map(folder.resolve(SEGMENTS)::resolve).toList();
    }

    /** Adds a line to the ledger; it is written at the next commit. */
    public void line(LedgerLine line) {
        try {
            lines.writeBytes((Json.MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A ledger line is plain data.", e);
        }
        counts = counts.plus(line);
    }

    /** The ledger's counts, lines not yet committed included. */
    public LedgerCounts counts() {
        return counts;
    }

    /**
     * Makes everything up to a frame permanent: the next finished shard if there is one, the ledger lines so far, the segment
     * if one was written, the checkpoint, and last the manifest.
     *
     * @param segment the part of the annotated video up to here, if there is one
     * @param next where a run would go on
     * @param progress what the manifest tells of the run so far
     * @throws OutputException if the disk is full or the folder cannot be written
     */
    public void commit(Optional<Path> segment, Checkpoint next, Progress progress) throws OutputException {
        try {
            var records = new ArrayList<>(manifest.shards());
            var finished = shards.map(writer -> writer.finished().peek());
            if (finished.isPresent()) {
                publish(finished.get());
                records.add(finished.get());
            }
            var segments = new ArrayList<>(manifest.segments());
            if (segment.isPresent()) {
                Durable.syncFolder(folder.resolve(SEGMENTS));
                segments.add(segment.get().getFileName().toString());
            }
            var ledgerBytes = appendLines();
            var previous = manifest.checkpoint();
            var file = CHECKPOINT.formatted(++commits);
            Durable.replace(folder.resolve(file), Json.MAPPER.writeValueAsBytes(next));
            save(records, Optional.empty(), segments, ledgerBytes, progress, Optional.of(file), false);
            lines.reset();
            if (finished.isPresent()) {
                shards.get().finished().remove();
            }
            if (previous.isPresent() && !previous.get().equals(file)) {
                Files.deleteIfExists(folder.resolve(previous.get()));
            }
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    /**
     * Ends the run: the manifest says that everything asked for is here, and what only a resumed run needs is removed.
     *
     * @param video the annotated video's file name, if there is one
     * @throws OutputException if the disk is full or the folder cannot be written
     * @throws IllegalStateException if the ledger does not balance
     */
    public void finish(Optional<String> video, Progress progress) throws OutputException {
        if (counts.decoded() != counts.written() + counts.skipped() + counts.dropped()) {
            throw new IllegalStateException("The ledger of " + folder + " does not balance: " + counts + ".");
        }
        try {
            var ledgerBytes = appendLines();
            save(manifest.shards(), video, List.of(), ledgerBytes, progress, Optional.empty(), true);
            lines.reset();
            new Leftovers(folder, name).removeUncommitted(manifest);
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    private void publish(ShardRecord record) throws IOException {
        var file = folder.resolve(SHARDS).resolve(record.name());
        Durable.rename(Durable.temporary(file), file);
        var side = record.name().replaceFirst("\\.tar$", ".json");
        Durable.replace(folder.resolve(SHARDS).resolve(side), Json.MAPPER.writeValueAsBytes(record));
    }

    // Written from the committed end on, so that trying again after a failure repeats nothing.
    private long appendLines() throws IOException {
        try (var channel = FileChannel.open(folder.resolve(LEDGER), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(manifest.ledgerBytes());
            channel.position(manifest.ledgerBytes());
            var buffer = ByteBuffer.wrap(lines.toByteArray());
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
            return channel.position();
        }
    }

    private void save(List<ShardRecord> records, Optional<String> video, List<String> segments, long ledgerBytes,
            Progress progress, Optional<String> checkpointFile, boolean complete) throws IOException {
        var next = new Manifest(manifest.settings(), manifest.source(), manifest.weights(), manifest.versions(),
                manifest.untrained(), counts, ledgerBytes, List.copyOf(records), video, List.copyOf(segments),
                progress.stages(), progress.float16Saturated(), progress.notes(), checkpointFile, complete);
        Durable.replace(folder.resolve(Manifest.FILE), Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(next));
        manifest = next;
    }

    @Override
    public void close() throws OutputException {
        // The lock's file stays: a run that waits for it may have it open already.
        try (lockFile) {
            if (shards.isPresent()) {
                shards.get().close();
            }
            lock.release();
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }
}

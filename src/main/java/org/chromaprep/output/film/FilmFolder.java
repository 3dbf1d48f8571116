package org.chromaprep.output.film;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Failures;
import org.chromaprep.files.FolderLock;
import org.chromaprep.files.Hashes;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.shard.PartialShard;
import org.chromaprep.output.shard.ShardCheck;
import org.chromaprep.output.shard.ShardRecord;
import org.chromaprep.output.shard.ShardWriter;

/**
 * One film's output folder while a run writes it: locked against other runs, continued where an earlier one ended, and
 * committed step by step.
 *
 * <p>Ledger lines, segments and commits belong to one thread; the {@link ShardWriter} to another, which is ahead of it.
 * Whoever opens the folder closes it.
 */
public final class FilmFolder implements AutoCloseable {
    private final Path folder;
    private final String name;
    private final FolderLock lock;
    private final ManifestFile manifests;
    private final LedgerFile ledger;
    private Manifest manifest;
    private Optional<Checkpoint> checkpoint = Optional.empty();
    private Optional<ShardWriter> shards = Optional.empty();
    private int commits;

    private FilmFolder(Path folder, String name, FolderLock lock, ManifestFile manifests, Manifest manifest) {
        this.folder = folder;
        this.name = name;
        this.lock = lock;
        this.manifests = manifests;
        this.manifest = manifest;
        this.ledger = new LedgerFile(folder.resolve(OutputNames.LEDGER), manifest.ledger());
        this.commits = manifest.checkpoint()
                .map(StoredFile::name)
                .map(ManifestFile::number)
                .orElse(0);
    }

    /**
     * Opens a film's folder, making it where it is not there, and takes its lock.
     *
     * @param out the run's output folder
     * @param name the film's name in it
     * @param run what is to be written
     * @param overwrite whether what another run of the same film left is removed
     * @throws OutputException if the folder cannot be written, another process works on it, it holds another film's run, or a run
     *     with other settings that is not to be overwritten
     */
    public static FilmFolder open(Path out, String name, RunDescription run, boolean overwrite) throws OutputException {
        var folder = out.resolve(name);
        try {
            Files.createDirectories(folder.resolve(OutputNames.SHARDS));
            DurableFiles.syncFolder(out);
            var lock = FolderLock.take(folder);
            var opened = false;
            try {
                var film = locked(folder, name, run, overwrite, lock);
                opened = true;
                return film;
            } finally {
                if (!opened) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    /**
     * The manifest of a run that has written everything asked for, if a folder holds one; it is not locked, and nothing in it is
     * looked at but the manifest.
     *
     * @param run what is to be written, of the film that the manifest names
     * @return empty if there is none, it is damaged, or has other settings
     */
    public static Optional<Manifest> finished(Path folder, Function<SourceRecord, RunDescription> run) {
        if (!Files.exists(folder.resolve(Manifest.FILE))) {
            return Optional.empty();
        }
        try {
            var manifest = ManifestFile.read(folder);
            var wanted = Manifest.beginning(run.apply(manifest.source()));
            var isIt = manifest.complete()
                    && manifest.mixture().isEmpty()
                    && Differences.between(manifest, wanted).isEmpty();
            return isIt ? Optional.of(manifest) : Optional.empty();
        } catch (IOException | OutputException e) {
            // Whoever opens the folder to write says what is wrong with it.
            return Optional.empty();
        }
    }

    private static FilmFolder locked(Path folder, String name, RunDescription run, boolean overwrite, FolderLock lock)
            throws IOException, OutputException {
        var leftovers = new Leftovers(folder, name);
        var manifests = new ManifestFile(folder);
        if (overwrite) {
            manifests.checkIsOf(run.source());
            leftovers.removeAll();
        }
        var found = manifests.find(run);
        var film =
                new FilmFolder(folder, name, lock, manifests, found.manifest().withoutOpenEnd());
        film.resume(found, leftovers);
        return film;
    }

    // What lies beyond the last commit was written by a run that ended before it could say so; it is
    // computed again, as is an open end, which the manifest forgets before its files go.
    private void resume(ManifestFile.Found found, Leftovers leftovers) throws IOException, OutputException {
        if (manifest.checkpoint().isPresent()) {
            checkpoint =
                    Optional.of(manifests.readCheckpoint(manifest.checkpoint().get()));
        }
        if (found.changed() || found.manifest().open().isPresent()) {
            manifests.replace(manifest);
        }
        if (manifest.partial().isPresent()) {
            reopen(manifest.partial().get());
        }
        leftovers.removeUncommitted(manifest);
        if (!manifest.complete()) {
            Files.createDirectories(folder.resolve(OutputNames.SEGMENTS));
            ledger.begin(new LedgerFile.Committed(manifest.ledgerBytes(), manifest.ledgerSha256()));
        }
        if (!manifests.exists()) {
            // From here on the folder is a run's, however soon that ends.
            manifests.replace(manifest);
        }
    }

    // An interrupted run has finished its last shard for readers; the run that continues writes on in it.
    private void reopen(PartialShard partial) throws IOException, OutputException {
        var finished = folder.resolve(OutputNames.SHARDS).resolve(partial.name());
        var temporary = DurableFiles.temporary(finished);
        if (Files.exists(finished)) {
            DurableFiles.rename(finished, temporary);
        }
        if (!Files.exists(temporary)
                || Files.size(temporary) < partial.bytes()
                || !Hashes.sha256(temporary, partial.bytes()).equals(partial.sha256())) {
            throw OutputException.ofDamage("The beginning of the shard " + finished
                    + " is missing or not as it was written; `overwrite`" + " replaces the run.");
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

    /**
     * The ledger's committed lines, in order.
     *
     * @throws OutputException if the ledger is damaged or cannot be read
     */
    public List<LedgerLine> known() throws OutputException {
        try {
            return ledger.committed(manifest.ledgerBytes());
        } catch (IOException e) {
            throw new OutputException(
                    "The ledger " + folder.resolve(OutputNames.LEDGER) + " cannot be read (" + e.getMessage()
                            + "); `overwrite` replaces the run.",
                    e);
        }
    }

    /**
     * The time of the last committed line that has one, in seconds; 0 if none has.
     *
     * @throws OutputException if the ledger is damaged or cannot be read
     */
    public double lastTime() throws OutputException {
        try {
            return ledger.lastTime(manifest.ledgerBytes());
        } catch (IOException e) {
            throw new OutputException(
                    "The ledger " + folder.resolve(OutputNames.LEDGER) + " cannot be read (" + e.getMessage()
                            + "); `overwrite` replaces the run.",
                    e);
        }
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
        var writer = new ShardWriter(
                folder.resolve(OutputNames.SHARDS),
                name,
                manifest.shards().size(),
                manifest.partial(),
                largestShard,
                mostFrames,
                largestSample,
                membersPerSample);
        shards = Optional.of(writer);
        return writer;
    }

    /** A path for the next part of the annotated video, which a commit then takes up. */
    public Path nextSegment() {
        return folder.resolve(OutputNames.SEGMENTS)
                .resolve(String.format(
                        Locale.ROOT, "%06d.nut", manifest.segments().size()));
    }

    /** The committed parts of the annotated video, in order. */
    public List<Path> segments() {
        return manifest.segments().stream()
                .map(StoredFile::name)
                .map(folder.resolve(OutputNames.SEGMENTS)::resolve)
                .toList();
    }

    /**
     * The first part of a video that is not there or has another size than when it was committed; its bytes are not read.
     *
     * @throws OutputException if the folder cannot be read
     */
    public Optional<Path> missingSegment() throws OutputException {
        return segmentThat((part, where) -> !part.isIn(where));
    }

    /**
     * The first part of a video that is not the one that was committed, byte for byte.
     *
     * @param cancelled asked now and then, since many parts take minutes; a search that was given up finds nothing
     * @throws OutputException if the folder cannot be read
     */
    public Optional<Path> damagedSegment(BooleanSupplier cancelled) throws OutputException {
        return segmentThat((part, where) -> !part.isSoundIn(where, cancelled));
    }

    private interface Doubt {
        boolean about(StoredFile part, Path where) throws IOException;
    }

    private Optional<Path> segmentThat(Doubt doubt) throws OutputException {
        var where = folder.resolve(OutputNames.SEGMENTS);
        try {
            for (var part : Stream.concat(manifest.segments().stream(), manifest.companions().stream())
                    .toList()) {
                if (doubt.about(part, where)) {
                    return Optional.of(where.resolve(part.name()));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new OutputException(
                    "The parts of the video in " + where + " cannot be read (" + e.getMessage()
                            + "); check the disk and run the same command again.",
                    e);
        }
    }

    /**
     * Forgets the parts of the annotated video, which a run then makes anew of frames that stay as they are.
     *
     * @throws OutputException if the folder cannot be written
     */
    public void forgetVideo() throws OutputException {
        try {
            manifest = manifest.withoutVideo();
            manifests.replace(manifest);
            new Leftovers(folder, name).removeUncommitted(manifest);
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    /**
     * Writes down that the film changed while it was read: neither this run nor a later one may take what is here for the film's.
     *
     * @param sign what shows it, as a sentence
     * @throws OutputException if the folder cannot be written
     */
    public void markMixture(String sign) throws OutputException {
        try {
            manifest = manifest.withMixture(sign);
            manifests.replace(manifest);
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    /**
     * Adds a line to the ledger; it counts from the next commit on.
     *
     * @throws OutputException if the disk is full or the folder cannot be written
     */
    public void line(LedgerLine line) throws OutputException {
        try {
            ledger.add(line);
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    /**
     * Adds a line of a coloured frame, as {@link #line(LedgerLine)} does.
     *
     * @throws OutputException if the disk is full or the folder cannot be written
     */
    public void line(LedgerLine line, ColourRecord colour) throws OutputException {
        try {
            ledger.add(line, colour);
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    /** The ledger's counts, lines not yet committed included. */
    public LedgerCounts counts() {
        return ledger.counts();
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
        commit(Optional.empty(), segment, next, progress);
    }

    /**
     * As {@link #commit(Optional, Checkpoint, Progress)}, in the middle of a shard.
     *
     * @param partial the shard's beginning, which is on the disk
     * @throws OutputException if the disk is full or the folder cannot be written
     */
    public void commit(Optional<PartialShard> partial, Optional<Path> segment, Checkpoint next, Progress progress)
            throws OutputException {
        try {
            // The thread that fills shards is ahead: what it has finished by now
            // holds frames that are not committed yet.
            var shard = partial.isPresent() ? Optional.<ShardRecord>empty() : publishShard();
            var lines = ledger.sync();
            var previous = manifest.checkpoint();
            var file = manifests.writeCheckpoint(++commits, next);
            save(
                    with(shard),
                    partial,
                    Optional.empty(),
                    with(segment, manifest.segments()),
                    companions(segment),
                    lines,
                    progress,
                    Optional.of(file),
                    Optional.empty(),
                    false);
            if (previous.isPresent() && !previous.get().name().equals(file.name())) {
                manifests.deleteCheckpoint(previous.get().name());
            }
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    /**
     * As {@link #commit}, for a run that is interrupted in the middle of a shard: readers see everything so far, but the run
     * that goes on does so from the last commit. Nothing can be committed after this.
     *
     * @throws OutputException if the disk is full or the folder cannot be written
     */
    public void commitOpen(Optional<Path> segment, Progress progress) throws OutputException {
        try {
            var stays = manifest.committed();
            var shard = publishShard();
            var lines = ledger.sync();
            var open = lines.bytes() > stays.ledgerBytes() || stays.partial().isPresent()
                    ? Optional.of(stays)
                    : Optional.<UncommittedTail>empty();
            save(
                    with(shard),
                    shard.isPresent() ? Optional.empty() : manifest.partial(),
                    Optional.empty(),
                    with(segment, manifest.segments()),
                    companions(segment),
                    lines,
                    progress,
                    manifest.checkpoint(),
                    open,
                    false);
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
        var counts = counts();
        if (counts.decoded() != counts.written() + counts.skipped() + counts.dropped()) {
            throw new IllegalStateException("The ledger of " + folder + " does not balance: " + counts + ".");
        }
        try {
            var lines = ledger.sync();
            save(
                    manifest.shards(),
                    Optional.empty(),
                    video,
                    List.of(),
                    List.of(),
                    lines,
                    progress,
                    Optional.empty(),
                    Optional.empty(),
                    true);
            new Leftovers(folder, name).removeUncommitted(manifest);
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    private Optional<ShardRecord> publishShard() throws IOException {
        var finished = shards.map(writer -> writer.finished().peek());
        if (finished.isPresent()) {
            var record = finished.get();
            var file = folder.resolve(OutputNames.SHARDS).resolve(record.name());
            DurableFiles.rename(DurableFiles.temporary(file), file);
            DurableFiles.replace(
                    folder.resolve(OutputNames.SHARDS).resolve(FinishedFiles.sideFile(record)),
                    ShardCheck.sideFile(record));
        }
        return finished;
    }

    private List<ShardRecord> with(Optional<ShardRecord> shard) {
        var records = new ArrayList<>(manifest.shards());
        shard.ifPresent(records::add);
        return records;
    }

    private static List<StoredFile> with(Optional<Path> part, List<StoredFile> before) throws IOException {
        var parts = new ArrayList<>(before);
        if (part.isPresent()) {
            DurableFiles.syncFolderOf(part.get());
            parts.add(StoredFile.of(part.get()));
        }
        return parts;
    }

    private List<StoredFile> companions(Optional<Path> segment) throws IOException {
        return with(segment.map(OutputNames::companion).filter(Files::exists), manifest.companions());
    }

    private void save(
            List<ShardRecord> records,
            Optional<PartialShard> partial,
            Optional<String> video,
            List<StoredFile> segments,
            List<StoredFile> companions,
            LedgerFile.Committed lines,
            Progress progress,
            Optional<StoredFile> checkpointFile,
            Optional<UncommittedTail> open,
            boolean complete)
            throws IOException {
        var finished = complete ? FinishedFiles.videos(folder, video) : List.<StoredFile>of();
        var next = manifest.changed(draft -> {
            draft.ledger = counts();
            draft.ledgerBytes = lines.bytes();
            draft.ledgerSha256 = lines.sha256();
            draft.shards = records;
            draft.partial = partial;
            draft.video = video;
            draft.files = finished;
            draft.segments = segments;
            draft.companions = companions;
            draft.stages = progress.stages();
            draft.float16Saturated = progress.float16Saturated();
            draft.notes = progress.notes();
            draft.believed = progress.believed();
            draft.checkpoint = checkpointFile;
            draft.open = open;
            draft.complete = complete;
        });
        manifests.replace(next);
        if (records.size() > manifest.shards().size()) {
            shards.ifPresent(writer -> writer.finished().remove());
        }
        manifest = next;
    }

    @Override
    public void close() throws OutputException {
        try (lock) {
            if (shards.isPresent()) {
                shards.get().close();
            }
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }
}

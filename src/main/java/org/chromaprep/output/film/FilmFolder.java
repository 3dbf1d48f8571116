package org.chromaprep.output.film;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Failures;
import org.chromaprep.files.FolderLock;
import org.chromaprep.files.Hashes;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.shard.PartialShard;
import org.chromaprep.output.shard.ShardCheck;
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
    private final LedgerFile ledger;
    private final Optional<Checkpoint> checkpoint;
    private final FolderCommits commits;
    private final int firstShard;
    private final int earlierShards;

    private FilmFolder(Path folder, String name, FolderLock lock, FolderStart start, int firstShard) {
        this.firstShard = firstShard;
        this.earlierShards = start.manifest().shards().size();
        this.folder = folder;
        this.name = name;
        this.lock = lock;
        this.ledger = start.ledger();
        this.checkpoint = start.checkpoint();
        this.commits = new FolderCommits(folder, name, start);
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
        return open(out, name, folder -> FolderStart.in(folder, name, run, overwrite), 0);
    }

    /**
     * Opens a folder for a part of a film: a run in it begins at the part's first frame, and gives its shards the numbers that they
     * have in the whole film.
     *
     * @param out a folder of the part's own; what is in it of a part that was cut off is removed
     * @param name the film's name
     * @param run what is to be written, as of the whole film
     * @param beginning what a run remembers that has come to the part's first frame
     * @param firstShard number of the part's first shard
     * @throws OutputException if the folder cannot be written, or another process works on it
     */
    public static FilmFolder openPart(Path out, String name, RunDescription run, Checkpoint beginning, int firstShard)
            throws OutputException {
        return open(out, name, folder -> FolderStart.in(folder, name, run, true).at(beginning), firstShard);
    }

    private interface Start {
        FolderStart in(Path folder) throws IOException, OutputException;
    }

    private static FilmFolder open(Path out, String name, Start start, int firstShard) throws OutputException {
        var folder = out.resolve(name);
        try {
            Files.createDirectories(folder.resolve(OutputNames.SHARDS));
            DurableFiles.syncFolder(out);
            var lock = FolderLock.take(folder);
            var opened = false;
            try {
                var film = new FilmFolder(folder, name, lock, start.in(folder), firstShard);
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

    /**
     * Whether a finished film's folder has what only its run needed, which was ended before it could remove that; whoever opens the
     * folder does.
     *
     * @throws OutputException if it cannot be looked into
     */
    public static boolean hasLeftovers(Path folder) throws OutputException {
        try (var checkpoints = Files.newDirectoryStream(folder, ".checkpoint-*")) {
            return Files.exists(folder.resolve(OutputNames.SEGMENTS))
                    || Files.exists(folder.resolve(OutputNames.PARTS))
                    || Files.exists(folder.resolve(OutputNames.VIEW))
                    || checkpoints.iterator().hasNext();
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    /** Whether the run described is already here, whole. */
    public boolean complete() {
        return manifest().complete();
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
            return ledger.committed(manifest().ledgerBytes());
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
            return ledger.lastTime(manifest().ledgerBytes());
        } catch (IOException e) {
            throw new OutputException(
                    "The ledger " + folder.resolve(OutputNames.LEDGER) + " cannot be read (" + e.getMessage()
                            + "); `overwrite` replaces the run.",
                    e);
        }
    }

    /** The manifest as last committed. */
    public Manifest manifest() {
        return commits.manifest();
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
                firstShard + manifest().shards().size(),
                manifest().partial(),
                largestShard,
                mostFrames,
                largestSample,
                membersPerSample);
        commits.shardsOf(writer);
        return writer;
    }

    /** A path for the next part of the annotated video, which a commit then takes up. */
    public Path nextSegment() {
        return parts().next(commits.painted());
    }

    /**
     * Takes note of a part of a video that is painted anew; the next commit takes it up, before its own.
     *
     * @throws OutputException if it cannot be read
     */
    public void paintedAnew(Path segment) throws OutputException {
        try {
            commits.paintedAnew(segment);
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    /**
     * Removes the parts that are painted anew and not committed.
     *
     * @throws OutputException if the folder cannot be written
     */
    public void giveUpPainted() throws OutputException {
        try {
            commits.giveUpPainted();
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    /** The committed parts of the annotated video, in order. */
    public List<Path> segments() {
        return parts().paths();
    }

    /**
     * The first part of a video that is not there or has another size than when it was committed; its bytes are not read.
     *
     * @throws OutputException if the folder cannot be read
     */
    public Optional<Path> missingSegment() throws OutputException {
        return parts().missing();
    }

    /**
     * The first part of a video that is not the one that was committed, byte for byte.
     *
     * @param cancelled asked now and then, since many parts take minutes; a search that was given up finds nothing
     * @throws OutputException if the folder cannot be read
     */
    public Optional<Path> damagedSegment(BooleanSupplier cancelled) throws OutputException {
        return parts().damaged(cancelled);
    }

    private VideoParts parts() {
        return new VideoParts(folder, manifest());
    }

    /**
     * Forgets the parts of the annotated video, which a run then makes anew of frames that stay as they are.
     *
     * @throws OutputException if the folder cannot be written
     */
    public void forgetVideo() throws OutputException {
        try {
            commits.forgetVideo();
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
            commits.markMixture(sign);
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
     * @param next where a run would continue
     * @param progress what the manifest records of the run so far
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
            commits.commit(partial, segment, next, progress);
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    /**
     * As {@link #commit}, for a run that is interrupted in the middle of a shard: readers see everything so far, but the run
     * that continues does so from the last commit. Nothing can be committed after this.
     *
     * @throws OutputException if the disk is full or the folder cannot be written
     */
    public void commitOpen(Optional<Path> segment, Progress progress) throws OutputException {
        try {
            commits.commitOpen(segment, progress);
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    /**
     * Ends the run: the manifest says that everything asked for is here, and what only a resumed run needs is removed. Shards of earlier
     * runs are read before, since nothing else would ever tell that one is no longer what was written.
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
            checkEarlierShards();
            commits.finish(video, progress);
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    private void checkEarlierShards() throws IOException, OutputException {
        var shards = folder.resolve(OutputNames.SHARDS);
        for (var shard : manifest().shards().subList(0, earlierShards)) {
            var file = shards.resolve(shard.name());
            if (!Files.isRegularFile(file)
                    || !Hashes.sha256(file, () -> false).orElseThrow().equals(shard.sha256())) {
                throw OutputException.ofDamage("The shard " + file
                        + " of an earlier run is missing or not as it was written; `overwrite` replaces the run.");
            }
            if (!ShardCheck.hasSideFile(shards, shard)) {
                DurableFiles.replace(shards.resolve(FinishedFiles.sideFile(shard)), ShardCheck.sideFile(shard));
            }
        }
    }

    @Override
    public void close() throws OutputException {
        try (lock) {
            if (commits.shards().isPresent()) {
                commits.shards().get().close();
            }
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }
}

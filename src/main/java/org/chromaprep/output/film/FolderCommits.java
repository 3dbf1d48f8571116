package org.chromaprep.output.film;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.output.shard.PartialShard;
import org.chromaprep.output.shard.ShardCheck;
import org.chromaprep.output.shard.ShardRecord;
import org.chromaprep.output.shard.ShardWriter;

/**
 * The order in which a run's files become permanent: shards, ledger lines, the video's part, the checkpoint, and last the manifest that
 * names them. One thread.
 */
final class FolderCommits {
    private final Path folder;
    private final String name;
    private final ManifestFile manifests;
    private final LedgerFile ledger;
    private Manifest manifest;
    private Optional<ShardWriter> shards = Optional.empty();
    private final List<StoredFile> painted = new ArrayList<>();
    private int commits;

    /**
     * @param folder the film's
     * @param name the film's
     * @param start where the run begins
     */
    FolderCommits(Path folder, String name, FolderStart start) {
        this.folder = folder;
        this.name = name;
        this.manifests = new ManifestFile(folder);
        this.ledger = start.ledger();
        this.manifest = start.manifest();
        this.commits = manifest.checkpoint()
                .map(StoredFile::name)
                .map(ManifestFile::number)
                .orElse(0);
    }

    /** The manifest as last committed. */
    Manifest manifest() {
        return manifest;
    }

    /** Takes note of who writes the shards. */
    void shardsOf(ShardWriter writer) {
        shards = Optional.of(writer);
    }

    /** Who writes the shards, if there is one. */
    Optional<ShardWriter> shards() {
        return shards;
    }

    /** See {@link FilmFolder#paintedAnew}. */
    void paintedAnew(Path segment) throws IOException {
        DurableFiles.syncFolderOf(segment);
        painted.add(StoredFile.of(segment));
    }

    /** How many parts are painted anew and not committed. */
    int painted() {
        return painted.size();
    }

    /** Removes them. */
    void giveUpPainted() throws IOException {
        for (var part : painted) {
            Files.deleteIfExists(folder.resolve(OutputNames.SEGMENTS).resolve(part.name()));
        }
        painted.clear();
    }

    /** Replaces the manifest by one without the video's parts, and removes these. */
    void forgetVideo() throws IOException {
        manifest = manifest.withoutVideo();
        manifests.replace(manifest);
        new Leftovers(folder, name).removeUncommitted(manifest);
    }

    /** Replaces the manifest by one that says that its film changed. */
    void markMixture(String sign) throws IOException {
        manifest = manifest.withMixture(sign);
        manifests.replace(manifest);
    }

    /** See {@link FilmFolder#commit(Optional, Optional, Checkpoint, Progress)}. */
    void commit(Optional<PartialShard> partial, Optional<Path> segment, Checkpoint next, Progress progress)
            throws IOException {
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
                segments(segment),
                companions(segment),
                lines,
                progress,
                Optional.of(file),
                Optional.empty(),
                false);
        if (previous.isPresent() && !previous.get().name().equals(file.name())) {
            manifests.deleteCheckpoint(previous.get().name());
        }
    }

    /** See {@link FilmFolder#commitOpen}. */
    void commitOpen(Optional<Path> segment, Progress progress) throws IOException {
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
                segments(segment),
                companions(segment),
                lines,
                progress,
                manifest.checkpoint(),
                open,
                false);
    }

    /** See {@link FilmFolder#finish}. */
    void finish(Optional<String> video, Progress progress) throws IOException {
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

    private List<StoredFile> segments(Optional<Path> segment) throws IOException {
        var before = new ArrayList<>(manifest.segments());
        before.addAll(painted);
        painted.clear();
        return with(segment, before);
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
            draft.ledger = ledger.counts();
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
}

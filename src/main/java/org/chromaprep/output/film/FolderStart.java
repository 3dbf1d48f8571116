package org.chromaprep.output.film;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Hashes;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.shard.PartialShard;

/**
 * Where a run begins in a film's folder: at the last commit of an earlier run, or with nothing.
 *
 * @param manifest as committed
 * @param checkpoint where the earlier run ended; empty if there was none, or it was complete
 * @param ledger ready for further lines, unless the run is complete
 */
record FolderStart(Manifest manifest, Optional<Checkpoint> checkpoint, LedgerFile ledger) {
    /**
     * Brings a folder to its last commit. What lies beyond it was written by a run that ended before it could say so; it is computed
     * again, as is an open end, which the manifest forgets before its files go.
     *
     * @param folder locked by the caller
     * @param name the film's
     * @param run what is to be written
     * @param overwrite whether what another run of the same film left is removed; the beginning of a film that is no more always is
     * @throws OutputException if it holds another film's run, or a run with other settings that is not to be overwritten, or is damaged
     */
    static FolderStart in(Path folder, String name, RunDescription run, boolean overwrite)
            throws IOException, OutputException {
        var leftovers = new Leftovers(folder, name);
        var manifests = new ManifestFile(folder);
        if (overwrite || manifests.isSuperseded(run.source())) {
            manifests.checkIsOf(run.source());
            leftovers.removeAll();
        }
        var found = manifests.find(run);
        var manifest = found.manifest().withoutOpenEnd();
        var checkpoint = Optional.<Checkpoint>empty();
        if (manifest.checkpoint().isPresent()) {
            checkpoint =
                    Optional.of(manifests.readCheckpoint(manifest.checkpoint().get()));
        }
        if (found.changed() || found.manifest().open().isPresent()) {
            manifests.replace(manifest);
        }
        if (!manifest.complete()) {
            checkSizes(folder, manifest);
        }
        if (manifest.partial().isPresent()) {
            reopen(folder, manifest.partial().get());
        }
        leftovers.removeUncommitted(manifest);
        var ledger = new LedgerFile(folder.resolve(OutputNames.LEDGER), manifest.ledger());
        if (!manifest.complete()) {
            Files.createDirectories(folder.resolve(OutputNames.SEGMENTS));
            ledger.begin(new LedgerFile.Committed(manifest.ledgerBytes(), manifest.ledgerSha256()));
        }
        if (!manifests.exists()) {
            // From here on the folder is a run's, however soon that ends.
            manifests.replace(manifest);
        }
        return new FolderStart(manifest, checkpoint, ledger);
    }

    /** The same for a run that begins at a frame in the midst of the film. */
    FolderStart at(Checkpoint frame) {
        return new FolderStart(manifest, Optional.of(frame), ledger);
    }

    // What is missing or cut off is noticed before hours of work go into the rest of the film.
    private static void checkSizes(Path folder, Manifest manifest) throws IOException, OutputException {
        for (var shard : manifest.shards()) {
            var file = folder.resolve(OutputNames.SHARDS).resolve(shard.name());
            if (!Files.isRegularFile(file) || Files.size(file) != shard.bytes()) {
                throw OutputException.ofDamage("The shard " + file
                        + " of an earlier run is missing or not as it was written; `overwrite` replaces the run.");
            }
        }
    }

    // An interrupted run has finished its last shard for readers; the run that continues writes on in it.
    private static void reopen(Path folder, PartialShard partial) throws IOException, OutputException {
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
}

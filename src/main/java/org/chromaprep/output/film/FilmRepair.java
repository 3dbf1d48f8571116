package org.chromaprep.output.film;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Failures;
import org.chromaprep.files.OutputException;
import org.chromaprep.files.SealedJson;
import org.chromaprep.output.shard.ShardCheck;

/** Mends what of a finished film's folder can be mended without computing anything. Stateless. */
public final class FilmRepair {
    private FilmRepair() {}

    /**
     * Writes a finished film's manifest back, where the one in its folder is missing, not as it was written, or another film's.
     *
     * @param manifest as it was written
     * @return whether that was needed
     * @throws OutputException if it cannot be written
     */
    public static boolean mendManifest(Path folder, String manifest) throws OutputException {
        var file = folder.resolve(Manifest.FILE);
        try {
            if (!Files.isDirectory(folder.resolve(OutputNames.SHARDS))
                    || isSound(file)
                            && !ManifestFile.isMisplaced(folder, OlderManifests.parse(Files.readAllBytes(file)))) {
                return false;
            }
            DurableFiles.replace(file, manifest.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    private static boolean isSound(Path file) throws IOException {
        return Files.exists(file) && SealedJson.read(file).seal() == SealedJson.Seal.SOUND;
    }

    /**
     * Mends what a check has found, where nothing has to be computed for it: side files and leftovers.
     *
     * @return a sentence if the film has to be processed again, the first finding that asks for it; empty if all is well now
     * @throws OutputException if the folder cannot be read or written
     */
    public static Optional<String> mend(Path folder, List<Damage> damages) throws OutputException {
        try {
            for (var damage : damages) {
                switch (damage.part()) {
                    case SIDE_FILE -> writeSideFiles(folder);
                    case LEFTOVER ->
                        new Leftovers(folder, folder.getFileName().toString())
                                .removeUncommitted(ManifestFile.read(folder));
                    // What is no part of this film's run is mended by who wrote it.
                    case SHARED, OTHER -> {}
                    default -> {
                        return Optional.of(damage.sentence());
                    }
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    private static void writeSideFiles(Path folder) throws IOException, OutputException {
        for (var shard : ManifestFile.read(folder).shards()) {
            DurableFiles.replace(
                    folder.resolve(OutputNames.SHARDS).resolve(FinishedFiles.sideFile(shard)),
                    ShardCheck.sideFile(shard));
        }
    }
}

package org.chromaprep.output.film;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;

/** Reads and replaces a film's manifest and the checkpoints that it names. */
public final class ManifestFile {
    private static final String CHECKPOINT = ".checkpoint-%06d.json";
    private static final int MOST_DIGITS = 6;

    private final Path folder;

    ManifestFile(Path folder) {
        this.folder = folder;
    }

    /**
     * A finished film's manifest.
     *
     * @throws OutputException if it is damaged or of another version
     */
    public static Manifest read(Path folder) throws IOException, OutputException {
        var file = folder.resolve(Manifest.FILE);
        try {
            return Json.read(file, Manifest.class);
        } catch (JsonProcessingException e) {
            throw new OutputException("The file " + file + " " + Json.complaint(e) + "; process the film again with `overwrite`,"
                    + " or move its folder away.", e);
        }
    }

    /**
     * The manifest that a run begins with.
     *
     * @param manifest of the run that is to go on, or of a beginning
     * @param changed whether the file says otherwise, for the annotated video is to be another one
     */
    record Found(Manifest manifest, boolean changed) {}

    /**
     * The manifest of the run that is to go on, or that of a beginning.
     *
     * @throws OutputException if there is one of a run that was to write something else, or it is damaged
     */
    Found find(RunDescription run) throws IOException, OutputException {
        var fresh = Manifest.beginning(run);
        if (!exists()) {
            return new Found(fresh, false);
        }
        var file = folder.resolve(Manifest.FILE);
        try {
            var found = Json.read(file, Manifest.class);
            var differences = Differences.between(found, fresh);
            if (!differences.isEmpty() && !found.complete()) {
                // A run that could not put its video together may try another one; its shards stay as they are.
                if (Differences.areOfTheVideo(found, fresh, true)) {
                    return new Found(found.with(fresh.settings()), true);
                }
                if (Differences.areOfTheVideo(found, fresh, false)) {
                    return new Found(found.withoutOpenEnd().withoutVideo().with(fresh.settings()), true);
                }
            }
            if (found.mixture().isPresent()) {
                throw new OutputException("The folder " + folder + " holds frames of two films: " + found.mixture().get()
                        + " `overwrite` or `retry-failed` replaces them.");
            }
            if (!differences.isEmpty()) {
                throw new OutputException("The folder " + folder + " holds a run with other settings ("
                        + String.join("; ", differences) + "); choose another `out`, or `overwrite` to replace it.");
            }
            return new Found(found, false);
        } catch (JsonProcessingException e) {
            throw unreadable(file, Json.complaint(e), e);
        }
    }

    boolean exists() {
        return Files.exists(folder.resolve(Manifest.FILE));
    }

    void replace(Manifest manifest) throws IOException {
        DurableFiles.replace(folder.resolve(Manifest.FILE),
                Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
    }

    /** Writes a checkpoint; its file, for the manifest to name. */
    StoredFile writeCheckpoint(int number, Checkpoint checkpoint) throws IOException {
        var name = String.format(Locale.ROOT, CHECKPOINT, number);
        var content = Json.MAPPER.writeValueAsBytes(checkpoint);
        DurableFiles.replace(folder.resolve(name), content);
        return new StoredFile(name, content.length, DigestUtils.sha256Hex(content));
    }

    void deleteCheckpoint(String name) throws IOException {
        Files.deleteIfExists(checkpoint(name));
    }

    /**
     * @throws OutputException if it is missing or not, byte for byte, the one that was written: numbers that a flipped bit made
     *     others would be gone on with
     */
    Checkpoint readCheckpoint(StoredFile written) throws IOException, OutputException {
        var file = checkpoint(written.name());
        try {
            var content = Files.readAllBytes(file);
            if (!DigestUtils.sha256Hex(content).equals(written.sha256())) {
                throw new OutputException("The file " + file + " is not the one that was written: its SHA-256 differs from the"
                        + " manifest's; `overwrite` replaces the run.");
            }
            return Json.MAPPER.readValue(content, Checkpoint.class);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "is missing", e);
        } catch (JsonProcessingException e) {
            throw unreadable(file, Json.complaint(e), e);
        }
    }

    // Names come from a file and are not trusted: whatever they say, they mean a checkpoint of this folder.
    private Path checkpoint(String name) {
        return folder.resolve(String.format(Locale.ROOT, CHECKPOINT, number(name)));
    }

    /** The number in a checkpoint's name. */
    static int number(String name) {
        var digits = name.replaceAll("\\D", "");
        return digits.isEmpty() || digits.length() > MOST_DIGITS ? 0 : Integer.parseInt(digits);
    }

    private static OutputException unreadable(Path file, String complaint, IOException cause) {
        return new OutputException("The file " + file + " " + complaint + "; `overwrite` replaces the run.", cause);
    }
}

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
import org.chromaprep.files.SealedJson;

/** Reads and replaces a film's manifest and the checkpoints that it names. */
public final class ManifestFile {
    private static final String CHECKPOINT = ".checkpoint-%06d.json";
    private static final int MOST_DIGITS = 6;

    private final Path folder;

    ManifestFile(Path folder) {
        this.folder = folder;
    }

    /**
     * A film's manifest; one of an older version has what that did not know yet as far as it can be said.
     *
     * @throws OutputException if it is damaged, was changed since it was written, or is of a newer version
     */
    public static Manifest read(Path folder) throws IOException, OutputException {
        var file = folder.resolve(Manifest.FILE);
        try {
            return sound(file);
        } catch (JsonProcessingException e) {
            throw new OutputException(
                    "The file " + file + " " + Json.complaint(e) + "; process the film again with `overwrite`,"
                            + " or move its folder away.",
                    e);
        }
    }

    private static Manifest sound(Path file) throws IOException, OutputException {
        var read = SealedJson.read(file);
        var manifest = OlderManifests.parse(read.content());
        if (manifest.format() > Manifest.FORMAT) {
            throw new OutputException("The file " + file
                    + " was written by a newer version of ChromaPrep; use that one, or choose another" + " `out`.");
        }
        if (read.seal() == SealedJson.Seal.BROKEN
                || read.seal() == SealedJson.Seal.NONE && manifest.format() >= Manifest.SEALED) {
            var sentence =
                    "The file " + file + " was changed or damaged since it was written: its seal differs; the same"
                            + " command of process mends it from the run's record, or with `overwrite` makes the folder anew.";
            throw damage(file, sentence);
        }
        if (isMisplaced(file.resolveSibling(""), manifest)) {
            throw damage(
                    file,
                    "The file " + file + " tells of other shards than those beside it, as another film's does; the same"
                            + " command of process mends it from the run's record, or with `overwrite` makes the folder anew.");
        }
        return manifest;
    }

    private static OutputException damage(Path file, String sentence) {
        return isOfUnfinishedRun(file) ? OutputException.ofDamage(sentence) : new OutputException(sentence);
    }

    /**
     * Whether a manifest tells of shards none of which lie beside it, where others do. Two folders' manifests that were exchanged have
     * sound seals, both of them.
     */
    static boolean isMisplaced(Path folder, Manifest manifest) throws IOException {
        var shards = folder.resolve(OutputNames.SHARDS);
        if (manifest.shards().isEmpty()
                || manifest.shards().stream().anyMatch(shard -> Files.exists(shards.resolve(shard.name())))
                || !Files.isDirectory(shards)) {
            return false;
        }
        try (var others = Files.newDirectoryStream(shards, "*.tar")) {
            return others.iterator().hasNext();
        }
    }

    /**
     * The manifest that a run begins with.
     *
     * @param manifest of the run that is to continue, or of a beginning
     * @param changed whether the file says otherwise, for the annotated video is to be another one
     */
    record Found(Manifest manifest, boolean changed) {}

    /**
     * The manifest of the run that is to continue, or that of a beginning.
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
            var found = sound(file);
            if (found.format() < Manifest.FORMAT && !found.complete()) {
                // Another version's states are not those of this one, and the same frames come again.
                return new Found(fresh, true);
            }
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
            if (!differences.isEmpty()) {
                throw new OutputException("The folder " + folder + " holds a run with other settings ("
                        + String.join("; ", differences) + "); "
                        + Differences.remedyOfKernels(found, fresh)
                                .map(remedy -> remedy + ", ")
                                .orElse("")
                        + "choose another `out`, or `overwrite` to replace it.");
            }
            var here = found.changed(draft -> draft.source = found.source().at(run.source()));
            return new Found(here, !here.equals(found));
        } catch (JsonProcessingException e) {
            if (isOfUnfinishedRun(file)) {
                throw OutputException.ofDamage(
                        "The file " + file + " " + Json.complaint(e) + "; `overwrite` replaces the run.");
            }
            throw unreadable(file, Json.complaint(e), e);
        }
    }

    // No record has a copy of it, and all that is lost is work that is done again.
    private static boolean isOfUnfinishedRun(Path file) {
        return Files.isDirectory(file.resolveSibling(OutputNames.SEGMENTS));
    }

    /**
     * Refuses a folder that another film's run has written; one whose manifest cannot be read, or belongs elsewhere, is nobody's, and
     * one of a film that did not come out well is that of the film that now lies in its place.
     *
     * @throws OutputException if it is another film's
     */
    void checkIsOf(SourceRecord film) throws IOException, OutputException {
        if (!exists()) {
            return;
        }
        try {
            var found = OlderManifests.parse(
                    SealedJson.read(folder.resolve(Manifest.FILE)).content());
            var failed = !found.complete()
                    || found.ledger().lost() > 0
                    || found.mixture().isPresent();
            if (isMisplaced(folder, found)) {
                return;
            }
            if (!found.source().identity().equals(film.identity())
                    && !(failed && found.source().isAtThePlaceOf(film))) {
                throw new OutputException("The folder " + folder + " holds another film, "
                        + found.source().name() + " ("
                        + found.source().identity()
                        + "), which `overwrite` does not replace; choose another `out` or `name`, or move"
                        + " the folder away.");
            }
        } catch (JsonProcessingException unreadable) {
            // Nobody can say whose it is, and the user has asked for it to be replaced.
            return;
        }
    }

    /**
     * Whether what is here is the beginning of a film that is no more: it changed while it was read, or another content lies in its
     * place now. A copy that was not whole is such a film.
     *
     * @param film that is to be processed
     */
    boolean isSuperseded(SourceRecord film) throws IOException {
        if (!exists()) {
            return false;
        }
        try {
            var found = OlderManifests.parse(
                    SealedJson.read(folder.resolve(Manifest.FILE)).content());
            return !found.complete()
                    && (found.mixture().isPresent()
                            || found.source().isAtThePlaceOf(film)
                                    && !found.source().identity().equals(film.identity()));
        } catch (JsonProcessingException unreadable) {
            return false;
        }
    }

    boolean exists() {
        return Files.exists(folder.resolve(Manifest.FILE));
    }

    void replace(Manifest manifest) throws IOException {
        SealedJson.write(folder.resolve(Manifest.FILE), manifest);
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
     *     others would be continued
     */
    Checkpoint readCheckpoint(StoredFile written) throws IOException, OutputException {
        var file = checkpoint(written.name());
        try {
            var content = Files.readAllBytes(file);
            if (!DigestUtils.sha256Hex(content).equals(written.sha256())) {
                throw OutputException.ofDamage(
                        "The file " + file + " is not the one that was written: its SHA-256 differs from the"
                                + " manifest's; `overwrite` replaces the run.");
            }
            return Json.MAPPER.readValue(content, Checkpoint.class);
        } catch (NoSuchFileException e) {
            throw OutputException.ofDamage("The file " + file + " is missing; `overwrite` replaces the run.");
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

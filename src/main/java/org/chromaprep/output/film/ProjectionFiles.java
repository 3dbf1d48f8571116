package org.chromaprep.output.film;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Failures;
import org.chromaprep.files.FolderLock;
import org.chromaprep.files.OutputException;
import org.chromaprep.files.SealedJson;
import org.chromaprep.npy.NpyHeader;
import org.chromaprep.npy.NpyReader;
import org.chromaprep.npy.NpyType;

/**
 * The projection of a run's output folder, which all its films share: {@code projection.npy} and, written last and counting
 * alone, {@code projection.json}. Whoever opens them for writing holds the folder against others and closes them. One thread.
 */
public final class ProjectionFiles implements AutoCloseable {
    /** The components' file, float32 [components, features]. */
    public static final String ARRAY = "projection.npy";
    /** The record's file. */
    public static final String RECORD = "projection.json";

    private final Path folder;
    private final FolderLock lock;

    /**
     * A projection.
     *
     * @param record what is recorded of it
     * @param directions the components one after another
     */
    public record Stored(ProjectionRecord record, float[] directions) {}

    private ProjectionFiles(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Reads a folder's projection, if it has one.
     *
     * @throws OutputException if it is damaged
     */
    public static Optional<Stored> read(Path folder) throws OutputException {
        var file = folder.resolve(RECORD);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var sealed = SealedJson.read(file);
            if (sealed.seal() == SealedJson.Seal.BROKEN) {
                throw damaged(folder, new IOException(RECORD + " is not as it was written"));
            }
            var record = sealed.as(ProjectionRecord.class);
            var content = Files.readAllBytes(folder.resolve(ARRAY));
            var count = (long) record.components() * record.features();
            var array = NpyReader.read(new ByteArrayInputStream(content), count);
            if (DigestUtils.sha256Hex(content).equals(record.sha256())
                    && array.shape().equals(List.of(record.components(), record.features()))) {
                return Optional.of(new Stored(record, array.values()));
            }
            throw damaged(folder, new IOException(ARRAY + " is another one than " + RECORD + " names"));
        } catch (JsonProcessingException e) {
            throw damaged(folder, new IOException(RECORD + ": " + e.getOriginalMessage()));
        } catch (IOException e) {
            throw damaged(folder, e);
        }
    }

    /** Whether a folder has a projection that is as it was written. */
    public static boolean isSound(Path folder) {
        try {
            return read(folder).isPresent();
        } catch (OutputException e) {
            return false;
        }
    }

    private static OutputException damaged(Path folder, IOException cause) {
        return new OutputException(
                "The projection in " + folder + " is damaged or missing (" + cause.getMessage() + "); restore " + ARRAY
                        + " and " + RECORD + ", or remove both and process its films again with `overwrite`.",
                cause);
    }

    /**
     * Opens a folder for a projection to be written, making it where it is not there.
     *
     * @throws OutputException if the folder cannot be written or another process does the same
     */
    public static ProjectionFiles open(Path folder) throws OutputException {
        try {
            Files.createDirectories(folder);
            return new ProjectionFiles(folder, FolderLock.take(folder));
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    /**
     * Makes a projection the folder's, in place of any before.
     *
     * @param record what is recorded of it; its hash is filled in
     * @param directions the components one after another
     * @throws OutputException if the disk is full or the folder cannot be written
     */
    public Stored write(ProjectionRecord record, float[] directions) throws OutputException {
        var content = content(record, directions);
        var hashed = record.withHash(DigestUtils.sha256Hex(content));
        replace(content, hashed);
        return new Stored(hashed, directions);
    }

    private static byte[] content(ProjectionRecord record, float[] directions) {
        var head = NpyHeader.of(NpyType.FLOAT32, record.components(), record.features())
                .toBytes();
        var content = ByteBuffer.allocate(head.length + directions.length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        content.put(head).asFloatBuffer().put(directions);
        return content.array();
    }

    private void replace(byte[] content, ProjectionRecord record) throws OutputException {
        try {
            Files.deleteIfExists(folder.resolve(RECORD));
            DurableFiles.replace(folder.resolve(ARRAY), content);
            SealedJson.write(folder.resolve(RECORD), record);
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    /**
     * Writes a projection back whose files were damaged or are missing, if it is known to the last bit.
     *
     * @param wanted what was recorded of it, its hash included
     * @param directions the components one after another
     * @return whether they are those that were recorded; nothing is written otherwise
     * @throws OutputException if the disk is full or the folder cannot be written
     */
    public boolean restore(ProjectionRecord wanted, float[] directions) throws OutputException {
        var content = content(wanted, directions);
        if (!DigestUtils.sha256Hex(content).equals(wanted.sha256())) {
            return false;
        }
        replace(content, wanted);
        return true;
    }

    /**
     * Writes the record of a projection back where its components are as they were.
     *
     * @return whether they are; nothing is written otherwise
     * @throws OutputException if the disk is full or the folder cannot be written
     */
    public boolean restoreRecord(ProjectionRecord wanted) throws OutputException {
        var array = folder.resolve(ARRAY);
        try {
            if (!Files.exists(array)
                    || !DigestUtils.sha256Hex(Files.readAllBytes(array)).equals(wanted.sha256())) {
                return false;
            }
            SealedJson.write(folder.resolve(RECORD), wanted);
            return true;
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    /**
     * The projection that a folder's films were written with, by their manifests and, where that is sound, the folder's own record.
     *
     * @return empty where nobody says, or not all say the same
     */
    public static Optional<ProjectionRecord> recorded(Path folder) throws OutputException {
        var found = new LinkedHashSet<ProjectionRecord>();
        ownRecord(folder).ifPresent(found::add);
        if (Files.isDirectory(folder)) {
            try (var films = Files.list(folder)) {
                for (var film : films.filter(each -> Files.exists(each.resolve(Manifest.FILE)))
                        .sorted()
                        .toList()) {
                    ofFilm(film).ifPresent(found::add);
                }
            } catch (IOException e) {
                throw Failures.writing(folder, e);
            }
        }
        return found.size() == 1 ? found.stream().findFirst() : Optional.empty();
    }

    private static Optional<ProjectionRecord> ofFilm(Path film) {
        try {
            return ManifestFile.read(film).projection();
        } catch (IOException | OutputException e) {
            // Whoever works on the film says what is wrong with it.
            return Optional.empty();
        }
    }

    private static Optional<ProjectionRecord> ownRecord(Path folder) {
        try {
            var sealed = SealedJson.read(folder.resolve(RECORD));
            return sealed.seal() == SealedJson.Seal.SOUND
                    ? Optional.of(sealed.as(ProjectionRecord.class))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What keeps a folder's projection from being the one that samples were made with, as a sentence. */
    public static Optional<String> difference(Path folder, ProjectionRecord wanted) {
        try {
            return read(folder).map(Stored::record).equals(Optional.of(wanted))
                    ? Optional.empty()
                    : Optional.of("The projection in " + folder + " is missing or another one than the samples' ("
                            + ARRAY + ").");
        } catch (OutputException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Refuses a folder that has another projection.
     *
     * @throws OutputException if it is damaged, missing or not the one wanted
     */
    public static void check(Path from, ProjectionRecord wanted) throws OutputException {
        if (!has(from, wanted)) {
            throw new OutputException(
                    "The folder " + from + " has another projection than its films' samples, or none; restore " + ARRAY
                            + " and " + RECORD + ", or process the films again with `overwrite`.");
        }
    }

    private static boolean has(Path folder, ProjectionRecord wanted) throws OutputException {
        return read(folder).map(Stored::record).equals(Optional.of(wanted));
    }

    /** Gives a folder the projection of another one, byte for byte, unless it has it. */
    public static void copy(Path from, Path to, ProjectionRecord wanted) throws IOException, OutputException {
        if (has(to, wanted)) {
            return;
        }
        check(from, wanted);
        for (var name : List.of(ARRAY, RECORD)) {
            DurableFiles.replace(to.resolve(name), Files.readAllBytes(from.resolve(name)));
        }
    }

    @Override
    public void close() throws OutputException {
        try {
            lock.close();
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }
}

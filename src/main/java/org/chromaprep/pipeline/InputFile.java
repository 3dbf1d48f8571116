package org.chromaprep.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.files.ContentHash;
import org.chromaprep.files.Hashes;
import org.chromaprep.output.film.SourceRecord;
import org.chromaprep.video.SourceException;

/**
 * A film's file, or its pictures, as they were before they were opened, so that a change is noticed: what the ledger records would
 * be of neither film. A file whose size and times are what they were has not changed, where the file system keeps the time of
 * the last change of anything about a file, which nobody can set; where those differ, or it does not, the file's hash decides.
 * Safe for use by several threads once it is hashed.
 */
final class InputFile {
    private final List<Path> files;
    private final List<State> states;
    private List<String> hashes = List.of();

    /**
     * What the file system says of a file.
     *
     * @param modified when its content was last changed, as far as programs do not set that
     * @param touched when anything about it was last changed; empty where that is not kept
     * @param identity the file itself, whatever its name; empty where that is not given
     */
    private record State(long bytes, FileTime modified, Optional<FileTime> touched, Optional<Object> identity) {
        static State of(Path file) throws IOException {
            var basic = Files.readAttributes(file, BasicFileAttributes.class);
            return new State(
                    basic.size(), basic.lastModifiedTime(), touched(file), Optional.ofNullable(basic.fileKey()));
        }

        private static Optional<FileTime> touched(Path file) throws IOException {
            try {
                return Optional.of((FileTime) Files.getAttribute(file, "unix:ctime"));
            } catch (UnsupportedOperationException | IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    private InputFile(List<Path> files, List<State> states) {
        this.files = files;
        this.states = new ArrayList<>(states);
    }

    /**
     * Notes what the file system says of files, before they are opened.
     *
     * @param files at least one
     * @throws SourceException if one cannot be read
     */
    static InputFile of(List<Path> files) throws SourceException {
        var states = new ArrayList<State>();
        for (var file : files) {
            try {
                states.add(State.of(file));
            } catch (NoSuchFileException e) {
                throw new SourceException(file + " does not exist; check the path.", e);
            } catch (IOException e) {
                throw new SourceException(file + " cannot be read (" + e.getMessage() + "); check the disk.", e);
            }
        }
        return new InputFile(List.copyOf(files), states);
    }

    /**
     * Reads the files' hashes.
     *
     * @param cancelled whether to give up, since it takes minutes for large files
     * @throws SourceException if one cannot be read
     */
    void hash(BooleanSupplier cancelled) throws SourceException {
        var read = new ArrayList<String>();
        for (var file : files) {
            try {
                var hash = Hashes.sha256(file, cancelled);
                if (hash.isEmpty()) {
                    return;
                }
                read.add(hash.get());
            } catch (IOException e) {
                throw new SourceException(file + " cannot be read (" + e.getMessage() + "); check the disk.", e);
            }
        }
        hashes = read;
    }

    /**
     * Takes over the hash that was read before of a file that is the same by its size and its time stamp.
     *
     * @param before what was recorded then
     * @return whether it is; not of several files, whose hashes are not recorded one by one
     */
    boolean isTrusted(SourceRecord before) {
        var isSame = files.size() == 1
                && before.sha256().isPresent()
                && before.bytes().filter(each -> each == bytes()).isPresent()
                && before.modified().filter(modified()::equals).isPresent();
        if (isSame) {
            hashes = List.of(before.sha256().get());
        }
        return isSame;
    }

    /** Sizes and time stamps of the files, as one hash, and of several their names: what says without reading them that they are the same. */
    String stamps() {
        var digest = DigestUtils.getSha256Digest();
        for (var i = 0; i < files.size(); i++) {
            var state = states.get(i);
            var name = files.size() == 1 ? "" : files.get(i).getFileName().toString();
            digest.update((state.bytes() + " " + state.modified().toInstant() + " " + name + "\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of each file; none before they are read or taken over. */
    List<String> hashes() {
        return hashes;
    }

    /** Takes over hashes that were read before of these files, which have the same {@link #stamps}. */
    void trust(List<String> before) {
        hashes = List.copyOf(before);
    }

    /** Of the file; of several, of a list of their names, sizes and hashes; empty if hashing was given up. */
    Optional<String> sha256() {
        if (hashes.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                ContentHash.together(files, states.stream().map(State::bytes).toList(), hashes));
    }

    /** When the file, or the last of the pictures, was last written (ISO 8601, UTC). */
    String modified() {
        return states.stream()
                .map(state -> state.modified().toInstant())
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .toString();
    }

    /** Of all together. */
    long bytes() {
        return states.stream().mapToLong(State::bytes).sum();
    }

    /** Whether it is known without reading anything that a film of one file has not changed: then it is worth asking often. */
    boolean isWatched() {
        return files.size() == 1 && states.get(0).touched().isPresent();
    }

    /**
     * Compares the files with what they were.
     *
     * @param cancelled whether to give up reading a file again, where that is needed
     * @return whether all are known to be what they were; not where that was given up
     * @throws SourceException if a file is not as it was, or no longer there
     */
    synchronized boolean isUnchanged(BooleanSupplier cancelled) throws SourceException {
        for (var i = 0; i < files.size(); i++) {
            if (!isUnchanged(i, cancelled)) {
                return false;
            }
        }
        return true;
    }

    private boolean isUnchanged(int i, BooleanSupplier cancelled) throws SourceException {
        var file = files.get(i);
        var before = states.get(i);
        try {
            var now = State.of(file);
            if (now.bytes() != before.bytes()) {
                throw changed(file, "it had " + before.bytes() + " bytes and has " + now.bytes());
            }
            if (now.equals(before) && before.touched().isPresent()) {
                return true;
            }
            var hash = Hashes.sha256(file, cancelled);
            if (hash.isPresent() && !hash.get().equals(hashes.get(i))) {
                throw changed(file, "it has as many bytes, and others");
            }
            // A file that somebody moved or touched is the same film.
            hash.ifPresent(same -> states.set(i, now));
            return hash.isPresent();
        } catch (NoSuchFileException e) {
            throw new SourceException(
                    file + " vanished while it was read; put it back and run the same command again.", e);
        } catch (IOException e) {
            throw SourceException.ofTheDisk(file + " can no longer be read (" + e.getMessage()
                    + "); check the disk, and run the same command again.");
        }
    }

    private static SourceException changed(Path file, String how) {
        return SourceException.ofAChange(file + " changed while it was read (" + how
                + "); once it is whole, the same command processes it from its beginning.");
    }
}

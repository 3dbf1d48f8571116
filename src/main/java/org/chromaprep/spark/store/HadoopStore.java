package org.chromaprep.spark.store;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * What stores behind Hadoop's clients have in common; how a file comes into being is what they differ in. A store has one client for all
 * threads of the process, which Hadoop keeps and closes at the process's end.
 */
abstract class HadoopStore implements Store {
    private final Address address;
    private final Configuration configuration;
    private final Attempts attempts;
    private final HadoopTroubles troubles;

    HadoopStore(Address address, Configuration configuration, Attempts attempts) {
        this.address = address;
        this.configuration = configuration;
        this.attempts = attempts;
        this.troubles = new HadoopTroubles(address);
    }

    /** Something done with a store's client. */
    interface Action<T> {
        T run(FileSystem files) throws IOException, StoreException, ExecutionException, InterruptedException;
    }

    /** Writes a file whole, or leaves what is there. Of what fails, reading is a {@link Flow.SourceException}. */
    abstract Content write(FileSystem files, Path source, org.apache.hadoop.fs.Path target)
            throws IOException, StoreException;

    /**
     * Writes a file where none is.
     *
     * @return whether it was written; {@code false} if there is one
     */
    abstract boolean writeNew(FileSystem files, byte[] content, org.apache.hadoop.fs.Path target) throws IOException;

    final Configuration configuration() {
        return configuration;
    }

    @Override
    public final String address() {
        return address.toString();
    }

    @Override
    public final Optional<Path> local(String key) {
        return Optional.empty();
    }

    @Override
    public final Content put(Path file, String key) throws StoreException {
        return attempt("Writing", key, files -> {
            try {
                return write(files, file, path(key));
            } catch (Flow.SourceException e) {
                throw LocalTroubles.reading(file, e.reason());
            }
        });
    }

    // A commit whose answer was lost is found to be there when it is tried again.
    @Override
    public final boolean putNew(byte[] content, String key) throws StoreException {
        var written = this.<Boolean>attempt("Writing", key, files -> writeNew(files, content, path(key)));
        return written || Arrays.equals(content, read(key, Integer.MAX_VALUE));
    }

    @Override
    public final Content get(String key, Path file) throws StoreException {
        return attempt("Reading", key, files -> {
            var status = files.getFileStatus(path(key));
            try (var in = open(files, status)) {
                var content = Disk.receive(in, file, e -> LocalTroubles.receiving(file, e));
                if (content.bytes() != status.getLen()) {
                    Disk.remove(file);
                    throw new EOFException("it ended after " + content.bytes() + " of " + status.getLen() + " bytes");
                }
                return content;
            }
        });
    }

    @Override
    public final byte[] read(String key, int limit) throws StoreException {
        return attempt("Reading", key, files -> {
            try (var in = open(files, files.getFileStatus(path(key)))) {
                return Flow.small(in, limit, address.shown(key));
            }
        });
    }

    // What is known of the file already is not asked for again.
    private static FSDataInputStream open(FileSystem files, FileStatus status)
            throws IOException, ExecutionException, InterruptedException {
        if (status.isDirectory()) {
            throw new FileNotFoundException(status.getPath() + " is a folder");
        }
        return files.openFile(status.getPath())
                .withFileStatus(status)
                .opt("fs.option.openfile.read.policy", "whole-file, sequential")
                .build()
                .get();
    }

    @Override
    public final Content content(String key) throws StoreException {
        return attempt("Reading", key, files -> {
            try (var in = open(files, files.getFileStatus(path(key)))) {
                return Flow.copy(in, OutputStream.nullOutputStream());
            } catch (Flow.SourceException e) {
                throw e.reason();
            }
        });
    }

    @Override
    public final Optional<Entry> find(String key) throws StoreException {
        return attempt("Looking for", key, files -> {
            try {
                var status = files.getFileStatus(path(key));
                return status.isDirectory()
                        ? Optional.<Entry>empty()
                        : Optional.of(new Entry(key, status.getLen(), status.getModificationTime()));
            } catch (FileNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public final List<Entry> list(String key, boolean deep) throws StoreException {
        return attempt("Looking into", key, files -> {
            var entries = new ArrayList<Entry>();
            try {
                if (!files.getFileStatus(path(key)).isDirectory()) {
                    return entries;
                }
                var found = files.listFiles(path(key), deep);
                while (found.hasNext()) {
                    var each = found.next();
                    entries.add(new Entry(
                            address.key(each.getPath().toUri().getPath()), each.getLen(), each.getModificationTime()));
                }
            } catch (FileNotFoundException e) {
                return List.<Entry>of();
            }
            entries.sort(Comparator.comparing(Entry::key));
            return entries;
        });
    }

    @Override
    public final void delete(String key) throws StoreException {
        attempt("Removing", key, files -> files.delete(path(key), false));
    }

    private org.apache.hadoop.fs.Path path(String key) {
        return new org.apache.hadoop.fs.Path(
                address.scheme(), address.authority().isEmpty() ? null : address.authority(), address.path(key));
    }

    private <T> T attempt(String doing, String key, Action<T> action) throws StoreException {
        return attempts.of(() -> {
            try {
                return action.run(FileSystem.get(path("").toUri(), configuration));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw troubles.of(doing, key, e);
            } catch (IOException | ExecutionException | RuntimeException | LinkageError e) {
                throw troubles.of(doing, key, e);
            }
        });
    }
}

package org.chromaprep.spark.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A folder of this machine, or one that all machines have mounted. A file has a hidden temporary name until it is whole and on the disk.
 * Through Java's own files rather than Hadoop's, which would put a file of checksums beside each.
 */
final class LocalStore implements Store {
    private final Address address;
    private final Attempts attempts;

    LocalStore(Address address, Attempts attempts) {
        this.address = address;
        this.attempts = attempts;
    }

    @Override
    public String address() {
        return address.toString();
    }

    @Override
    public Optional<Path> local(String key) {
        return Optional.of(path(key));
    }

    @Override
    public Content put(Path file, String key) throws StoreException {
        return attempts.of(() -> {
            var target = path(key);
            var temporary = temporary(target);
            makeFolder(target);
            var content = receive(file, temporary, e -> LocalTroubles.writing(target, e));
            try {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                Disk.sync(target.resolveSibling(""));
                return content;
            } catch (IOException e) {
                Disk.remove(temporary);
                throw LocalTroubles.writing(target, e);
            }
        });
    }

    private static Content receive(Path from, Path to, Function<IOException, StoreException> refused)
            throws StoreException {
        try (var in = Disk.open(from)) {
            return Disk.receive(in, to, refused);
        } catch (IOException e) {
            throw LocalTroubles.reading(from, e);
        }
    }

    @Override
    public boolean putNew(byte[] content, String key) throws StoreException {
        return attempts.of(() -> {
            var target = path(key);
            var temporary = temporary(target);
            makeFolder(target);
            try {
                Files.write(temporary, content);
                Disk.sync(temporary);
                claim(temporary, target);
                Disk.sync(target.resolveSibling(""));
                return true;
            } catch (FileAlreadyExistsException e) {
                return Arrays.equals(content, read(key, Integer.MAX_VALUE));
            } catch (IOException e) {
                throw LocalTroubles.writing(target, e);
            } finally {
                Disk.remove(temporary);
            }
        });
    }

    // A second name is never given in the place of another file, a new name is.
    private static void claim(Path temporary, Path target) throws IOException {
        try {
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            // A file system without links: looks first and renames then.
            Files.move(temporary, target);
        }
    }

    @Override
    public Content get(String key, Path file) throws StoreException {
        return attempts.of(() -> receive(path(key), file, e -> LocalTroubles.receiving(file, e)));
    }

    @Override
    public byte[] read(String key, int limit) throws StoreException {
        return attempts.of(() -> {
            try (var in = Disk.open(path(key))) {
                return Flow.small(in, limit, address.shown(key));
            } catch (IOException e) {
                throw LocalTroubles.reading(path(key), e);
            }
        });
    }

    @Override
    public Content content(String key) throws StoreException {
        return attempts.of(() -> {
            try (var in = Disk.open(path(key))) {
                return Flow.copy(in, OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw LocalTroubles.reading(path(key), e);
            }
        });
    }

    @Override
    public Optional<Entry> find(String key) throws StoreException {
        return attempts.of(() -> {
            try {
                var found = Files.readAttributes(path(key), BasicFileAttributes.class);
                return Optional.of(found)
                        .filter(each -> !each.isDirectory())
                        .map(each -> new Entry(
                                key, each.size(), each.lastModifiedTime().toMillis()));
            } catch (IOException e) {
                var trouble = LocalTroubles.reading(path(key), e);
                if (trouble.kind() == StoreException.Kind.MISSING) {
                    return Optional.<Entry>empty();
                }
                throw trouble;
            }
        });
    }

    @Override
    public List<Entry> list(String key, boolean deep) throws StoreException {
        return attempts.of(() -> {
            var folder = path(key);
            var entries = new ArrayList<Entry>();
            if (!Files.isDirectory(folder)) {
                return entries;
            }
            try (var files = Files.walk(folder, deep ? Integer.MAX_VALUE : 1, FileVisitOption.FOLLOW_LINKS)) {
                for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    entries.add(new Entry(
                            address.key(file.toString().replace('\\', '/')),
                            Files.size(file),
                            Files.getLastModifiedTime(file).toMillis()));
                }
            } catch (UncheckedIOException e) {
                throw LocalTroubles.reading(folder, Objects.requireNonNull(e.getCause()));
            } catch (IOException e) {
                throw LocalTroubles.reading(folder, e);
            }
            entries.sort(Comparator.comparing(Entry::key));
            return entries;
        });
    }

    @Override
    public void delete(String key) throws StoreException {
        attempts.of(() -> {
            try {
                return Files.deleteIfExists(path(key));
            } catch (IOException e) {
                throw LocalTroubles.writing(path(key), e);
            }
        });
    }

    private Path path(String key) {
        return Path.of(address.path(key));
    }

    private static void makeFolder(Path target) throws StoreException {
        try {
            Files.createDirectories(target.resolveSibling(""));
        } catch (IOException e) {
            throw LocalTroubles.writing(target, e);
        }
    }

    private static Path temporary(Path target) {
        return target.resolveSibling(Temporary.name(target.getFileName().toString()));
    }
}

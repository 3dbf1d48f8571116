package org.chromaprep.spark.input;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chromaprep.spark.store.Place;
import org.chromaprep.spark.store.Store;
import org.chromaprep.spark.store.StoreException;
import org.chromaprep.spark.store.Stores;

/**
 * Files on this machine that stand for files in stores: of the same names, sizes and times, without content, so that they take no room.
 * Those of each thing that was named lie in a folder of their own, so that sentences about them can be put right. Safe for use by several
 * threads, except for what fetches content.
 */
final class StandIns {
    private static final Pattern WILD = Pattern.compile("[*?\\[{]");

    private final Path folder;
    private final Stores stores;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<Path, Real> files = new ConcurrentHashMap<>();
    private final Map<String, String> addresses = new ConcurrentHashMap<>();

    /** A file in a store. */
    record Real(Store store, Store.Entry entry) {
        String address() {
            return Place.below(store.address(), entry.key());
        }
    }

    /** @param folder which is empty */
    StandIns(Path folder, Stores stores) {
        this.folder = folder;
        this.stores = stores;
    }

    /**
     * Makes stand-ins for what an address names: a file, a folder, or what a glob may match.
     *
     * @param deep whether folders in folders are of interest
     * @return what to name instead; empty if nothing is there
     */
    Optional<String> of(String address, boolean deep) throws StoreException, IOException {
        var place = Place.of(address);
        var store = stores.open(place.folder());
        var file = store.find(place.name());
        if (file.isPresent()) {
            return Optional.of(make(place.folder(), store, List.of(file.get()))
                    .resolve(place.name())
                    .toString());
        }
        var wild = firstWild(address);
        var root = wild < 0 ? address : address.substring(0, address.lastIndexOf('/', wild));
        var all = stores.open(root);
        var pattern = wild < 0 ? "" : address.substring(root.length() + 1);
        var entries = all.list("", wild < 0 ? deep : pattern.contains("/") || pattern.contains("**"));
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        var made = make(all.address(), all, entries);
        return Optional.of(wild < 0 ? made.toString() : made + "/" + pattern);
    }

    private static int firstWild(String address) {
        var wild = WILD.matcher(address);
        return wild.find() ? wild.start() : -1;
    }

    private Path make(String address, Store store, List<Store.Entry> entries) throws IOException {
        var number = String.valueOf(count.getAndIncrement());
        var root = folder.resolve(number);
        addresses.put(number, address);
        for (var entry : entries) {
            var file = root.resolve(entry.key());
            Files.createDirectories(file.resolveSibling(""));
            empty(file, entry);
            files.put(file, new Real(store, entry));
        }
        return root;
    }

    private static void empty(Path file, Store.Entry entry) throws IOException {
        try (var hole = new RandomAccessFile(file.toFile(), "rw")) {
            hole.setLength(0);
            hole.setLength(entry.bytes());
        }
        Files.setLastModifiedTime(file, FileTime.fromMillis(entry.modified()));
    }

    /** What a file stands for; empty if it stands for nothing but itself. */
    Optional<Real> real(String file) {
        return Optional.ofNullable(files.get(Path.of(file)));
    }

    /** The hash of what a file stands for; empty if it stands for itself. */
    String hash(String file) {
        var real = real(file);
        try {
            return real.isEmpty()
                    ? ""
                    : real.get().store().content(real.get().entry().key()).sha256();
        } catch (StoreException e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
    }

    /** A file with the content of what a file stands for, until the next is asked for; the file itself if it stands for itself. */
    String fetched(String file) {
        var real = real(file);
        if (real.isEmpty()) {
            return file;
        }
        var copy = folder.resolve("fetched");
        try {
            real.get().store().get(real.get().entry().key(), copy);
            return copy.toString();
        } catch (StoreException e) {
            // An empty file is no film; if it is one, whoever asks next is told why it cannot be had.
            return file;
        }
    }

    /** A sentence in which addresses stand for what stands for them. */
    String corrected(String sentence) {
        var matcher =
                Pattern.compile(Pattern.quote(folder.toString()) + "/(\\d+)").matcher(sentence);
        return matcher.replaceAll(
                found -> Matcher.quoteReplacement(addresses.getOrDefault(found.group(1), found.group())));
    }
}

package org.chromaprep.spark.store;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Files below an address, by key: names joined by {@code /}, without {@code .} and {@code ..}. Implementations may be used by any number
 * of threads and processes at the same time, and hold nothing that needs closing. Each method throws {@link StoreException} with a
 * sentence for the user where the store, or the disk on this side of it, does not do what is asked; what may be tried again has been.
 */
public interface Store {
    /** The address that keys count from, as users write it, without a slash at its end. */
    String address();

    /**
     * A file on this machine, if the store is a folder of this machine's: it need not be fetched to be read. The file need not exist.
     *
     * @return empty where bytes must come over a network protocol of the store's
     */
    Optional<Path> local(String key);

    /**
     * Brings a file into the store. Whoever looks sees what was there before, or all of the new file. A file of that key is replaced.
     *
     * @param file on this machine's disk, which nobody changes meanwhile
     * @return what was written
     */
    Content put(Path file, String key) throws StoreException;

    /**
     * Brings a few bytes into the store as {@link #put} does, but never in another file's place. Of several that do so at the same time
     * one succeeds, where the store can tell: folders, HDFS, and S3 by Hadoop 3.4.2 and later. Older ones look first and write then.
     *
     * @param content a manifest, say
     * @return whether the store now has exactly these bytes; {@code false} if the key holds others, which are left alone
     */
    boolean putNew(byte[] content, String key) throws StoreException;

    /**
     * Brings a file from the store to this machine's disk. A file that could not be had whole is removed.
     *
     * @param file which is replaced if it is there; its folder exists
     * @return what was read
     */
    Content get(String key, Path file) throws StoreException;

    /**
     * Reads a small file.
     *
     * @param limit how many bytes are still small
     */
    byte[] read(String key, int limit) throws StoreException;

    /** Reads all of a file, to know what it holds. */
    Content content(String key) throws StoreException;

    /** What is known of a file without reading it; empty if there is none of this key. A folder is no file. */
    Optional<Entry> find(String key) throws StoreException;

    /** How long a file is; empty if there is none of this key. A folder is no file. */
    default OptionalLong length(String key) throws StoreException {
        return find(key).stream().mapToLong(Entry::bytes).findFirst();
    }

    /**
     * All files below a key, in the order of their keys: for folders of films, which no manifest describes. What was put a moment ago is
     * in it everywhere but in stores that only promise it later, so results are never looked for in this way.
     *
     * @param key of a folder; the empty one for all
     * @param deep whether folders in it are looked into
     * @return empty if there is no such folder
     */
    List<Entry> list(String key, boolean deep) throws StoreException;

    /** Removes a file, if it is there. */
    void delete(String key) throws StoreException;

    /**
     * A file, as far as it is known without reading it.
     *
     * @param key counted from the store's address
     * @param bytes how many it has
     * @param modified when it was last written, in milliseconds since 1970
     */
    record Entry(String key, long bytes, long modified) implements Serializable {}
}

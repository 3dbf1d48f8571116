package org.chromaprep.spark.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.chromaprep.spark.store.Content;
import org.chromaprep.spark.store.Store;
import org.chromaprep.spark.store.StoreException;

/**
 * What one attempt has brought to the store and made count.
 *
 * @param attempt that did
 * @param parts of a plan: how many there are; of a part: 0
 * @param film what the attempt's copy of the film held; of no bytes and no hash where it saw the film itself
 * @param files all that it brought
 */
record Commit(String attempt, int parts, Content film, List<CommittedFile> files) {
    /** Of a part with thousands of shards, too. */
    private static final int LARGEST = 64 << 20;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * A file.
     *
     * @param path in the film's folder on an executor
     * @param key in the store
     * @param bytes how many it has
     * @param sha256 of its content
     */
    record CommittedFile(String path, String key, long bytes, String sha256) {}

    Commit {
        files = List.copyOf(files);
    }

    static Commit of(String attempt, int parts, Optional<Content> film, List<CommittedFile> files) {
        return new Commit(attempt, parts, film.orElse(new Content(0, "")), files);
    }

    /** What the attempt's copy of the film held; empty if it had none. */
    Optional<Content> filmCopy() {
        return Optional.of(film).filter(copy -> !copy.sha256().isEmpty());
    }

    /**
     * What is committed under a key.
     *
     * @return empty if nothing is
     */
    static Optional<Commit> in(Store store, String key) throws StoreException {
        if (store.length(key).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readValue(store.read(key, LARGEST), Commit.class));
        } catch (IOException e) {
            throw new StoreException(
                    StoreException.Kind.CHANGED,
                    store.address() + "/" + key + " cannot be read as it was written (" + e.getMessage()
                            + "); remove the folder that it lies in, and run the same command again.",
                    e);
        }
    }

    /**
     * Commits, unless another attempt has.
     *
     * @return what is committed now
     */
    Commit to(Store store, String key) throws StoreException {
        try {
            if (store.putNew(MAPPER.writeValueAsBytes(this), key)) {
                return this;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return in(store, key).orElse(this);
    }
}

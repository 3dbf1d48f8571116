package org.chromaprep.spark.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.chromaprep.spark.store.Store;
import org.chromaprep.spark.store.StoreException;

/**
 * The manifests of films that an output has, so that they keep their folders, and no other film gets one of these. A listing says where
 * to look; what a film is, its manifest says. Used by one thread.
 */
final class KnownFilms {
    private static final String MANIFEST = "manifest.json";
    private static final int AT_A_TIME = 32;

    private final Store store;

    KnownFilms(Store store) {
        this.store = store;
    }

    /**
     * A folder that has them.
     *
     * @param folder where they are brought, if the output itself is no folder
     */
    Path folder(Path folder) throws StoreException, IOException {
        var local = store.local("");
        if (local.isPresent()) {
            return local.get();
        }
        Files.createDirectories(folder);
        var fetched = new ArrayList<Callable<Object>>();
        for (var film : manifests().entrySet()) {
            fetched.add(() -> {
                var target = Files.createDirectories(folder.resolve(film.getKey()));
                return store.get(film.getValue(), target.resolve(MANIFEST));
            });
        }
        var pool = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            for (var each : pool.invokeAll(fetched)) {
                each.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(
                    StoreException.Kind.INTERRUPTED, "Looking into " + store.address() + " was interrupted.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException trouble) {
                throw trouble;
            }
            throw new IOException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
        return folder;
    }

    // A film that is not finished has its manifest among its parts, as each attempt at its plan left it.
    private Map<String, String> manifests() throws StoreException {
        var manifests = new TreeMap<String, String>();
        for (var entry : store.list("", true)) {
            var key = entry.key();
            var slash = key.indexOf('/');
            if (slash < 0 || !key.endsWith("/" + MANIFEST)) {
                continue;
            }
            var name = key.substring(0, slash);
            if (key.equals(name + "/" + MANIFEST)) {
                manifests.put(name, key);
            } else if (key.startsWith(name + "/.parts/")) {
                manifests.putIfAbsent(name, key);
            }
        }
        return manifests;
    }
}

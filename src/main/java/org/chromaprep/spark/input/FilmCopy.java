package org.chromaprep.spark.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.chromaprep.spark.store.Content;
import org.chromaprep.spark.store.Place;
import org.chromaprep.spark.store.Store;
import org.chromaprep.spark.store.StoreException;
import org.chromaprep.spark.store.Stores;

/** Has a film where a task works on it, and sees to it that it is the one that the job began with. Stateless. */
public final class FilmCopy {
    private FilmCopy() {}

    /**
     * Brings a film: one that all machines see is linked to, another copied.
     *
     * @param file which is not there, in a folder that is
     * @return what was copied; empty for a link
     * @throws StoreException if the film has vanished or changed since the job began
     * @throws IOException if this machine's disk does not take it
     */
    public static Optional<Content> bring(Stores stores, InputFilm film, Path file) throws StoreException, IOException {
        var place = Place.of(film.address());
        var store = stores.open(place.folder());
        demandSame(film, store.find(place.name()));
        var local = store.local(place.name());
        if (local.isPresent()) {
            Files.createSymbolicLink(file, local.get());
            return Optional.empty();
        }
        var content = store.get(place.name(), file);
        if (content.bytes() != film.bytes()) {
            throw changed(film, content.bytes());
        }
        Files.setLastModifiedTime(file, FileTime.fromMillis(film.modified()));
        return Optional.of(content);
    }

    /**
     * Makes sure that a copy is of the film that was planned.
     *
     * @param planned what the plan was made of; empty where it was made of a link
     * @param brought what was brought now
     * @throws StoreException if it is another one
     */
    public static void demandSame(InputFilm film, Optional<Content> planned, Optional<Content> brought)
            throws StoreException {
        if (planned.isPresent() && brought.isPresent() && !planned.equals(brought)) {
            throw new StoreException(
                    StoreException.Kind.CHANGED,
                    film.address() + " is another film than the one whose parts were planned (SHA-256 "
                            + brought.get().sha256() + " instead of "
                            + planned.get().sha256()
                            + "); bring that one back, or give the new one another name.");
        }
    }

    private static void demandSame(InputFilm film, Optional<Store.Entry> entry) throws StoreException {
        if (entry.isEmpty()) {
            throw new StoreException(
                    StoreException.Kind.MISSING,
                    film.address() + " is no longer there, though it was when the job began; bring it back and run the"
                            + " same command again.");
        }
        if (entry.get().bytes() != film.bytes() || entry.get().modified() != film.modified()) {
            throw changed(film, entry.get().bytes());
        }
    }

    private static StoreException changed(InputFilm film, long bytes) {
        return new StoreException(
                StoreException.Kind.CHANGED,
                film.address() + " has changed since the job began ("
                        + (bytes == film.bytes() ? "it was written again" : film.bytes() + " bytes became " + bytes)
                        + "); run the same command again once nobody writes it.");
    }
}

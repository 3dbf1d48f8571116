package org.chromaprep.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chromaprep.shelf.plan.PlannedFilm;

/**
 * Films that a run could not process when their turn came, although nothing is known to be wrong with them: another run has them, they
 * are being copied, or their disk is gone. They are looked at once more when the others are done. Not safe for use by several
 * threads at a time.
 */
final class FilmsAside {
    private final Messages messages;
    private final Map<String, Hindrance> films = new LinkedHashMap<>();
    private final Set<Path> disks = new HashSet<>();
    private boolean last;

    /**
     * What was left for a later run.
     *
     * @param path of the film; of the first of those whose disk is gone, the disk's place; empty of the others
     */
    record Left(Optional<String> path, Hindrance hindrance) {}

    FilmsAside(Messages messages) {
        this.messages = messages;
    }

    /**
     * Sets a film aside, and says so: of many films of a disk that is gone, once.
     *
     * @param path by which it is found again
     * @param others whether there are films to process before it is looked at again
     */
    void add(String path, Hindrance hindrance, boolean others) {
        films.put(path, hindrance);
        if ((last || others) && hindrance.disk().map(disks::add).orElse(true)) {
            messages.say(hindrance.sentence() + (last ? "" : " It is tried again when the other films are done."));
        }
    }

    boolean isEmpty() {
        return films.isEmpty();
    }

    /** Those of the films found that are set aside, which they no longer are. From now on, nothing is tried again. */
    List<PlannedFilm> take(List<PlannedFilm> found) {
        last = true;
        disks.clear();
        var taken = found.stream()
                .filter(film -> films.containsKey(film.film().path()))
                .toList();
        taken.forEach(film -> films.remove(film.film().path()));
        // What is not found again is still where it was set aside.
        var missing = new HashMap<>(films);
        missing.forEach((path, hindrance) -> add(path, hindrance, false));
        return taken;
    }

    /** What is left at the end. */
    List<Left> leave() {
        var left = new ArrayList<Left>();
        var places = new HashSet<Path>();
        films.forEach((path, hindrance) -> left.add(new Left(
                hindrance.disk().isEmpty()
                        ? Optional.of(path)
                        : hindrance.disk().filter(places::add).map(Path::toString),
                hindrance)));
        return left;
    }
}

package org.chromaprep.shelf.find;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;

/** What a search has found so far, and each file and folder that it has seen, so that none is taken twice. Used by one thread. */
final class Collected {
    private final List<FoundFilm> films = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final List<SourceException> failures = new ArrayList<>();
    private final Set<Path> seen = new HashSet<>();

    /** The films, in order: the list itself. */
    List<FoundFilm> films() {
        return films;
    }

    /** What is not taken for a film: the list itself. */
    List<LeftOut> leftOut() {
        return leftOut;
    }

    /** Sentences about what cannot be looked at: the list itself. */
    List<SourceException> failures() {
        return failures;
    }

    /** Whether a file is seen for the first time, whatever path leads to it. */
    boolean isNew(Path file) {
        try {
            return seen.add(file.toRealPath());
        } catch (IOException e) {
            // Opening it will say what is the matter.
            return true;
        }
    }

    /** Whether a folder is entered for the first time. */
    boolean isNewFolder(Path real) {
        return seen.add(real);
    }

    /** Those of some files that are seen for the first time; the others are left out. */
    List<Path> unique(Path root, List<Path> files) {
        var unique = new ArrayList<Path>();
        for (var file : files) {
            if (isNew(file)) {
                unique.add(file);
            } else {
                leave(LeftOut.Reason.TWICE, root, file);
            }
        }
        return unique;
    }

    /** Takes a film at the end. */
    void take(Path root, SourceInput film) {
        take(films.size(), root, List.of(film));
    }

    /** Takes films at a place among the others. */
    void take(int place, Path root, List<SourceInput> more) {
        films.addAll(place, more.stream().map(film -> found(root, film)).toList());
    }

    private static FoundFilm found(Path root, SourceInput film) {
        var files = film.files();
        return new FoundFilm(film, files.isEmpty() ? film.name() : shown(root, files.get(0)));
    }

    /** Leaves something out. */
    void leave(LeftOut.Reason reason, Path root, Path path) {
        leftOut.add(new LeftOut(reason, shown(root, path)));
    }

    /** A path as users see it: below the folder that they named. */
    static String shown(Path root, Path path) {
        var relative = root.toAbsolutePath()
                .normalize()
                .relativize(path.toAbsolutePath().normalize())
                .toString();
        return (relative.isEmpty() ? path.toString() : relative)
                .replace(FileSystems.getDefault().getSeparator(), "/");
    }
}

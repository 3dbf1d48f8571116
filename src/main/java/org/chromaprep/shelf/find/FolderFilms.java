package org.chromaprep.shelf.find;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.chromaprep.video.source.FileKind;
import org.chromaprep.video.source.NaturalOrder;
import org.chromaprep.video.source.Sources;

/** The films of one folder's own files, which are sorted by what they are. Used by one thread. */
final class FolderFilms {
    /** As people count. */
    static final Comparator<Path> ORDER =
            Comparator.comparing(file -> String.valueOf(file.getFileName()), new NaturalOrder());

    private final Path root;
    private final Path folder;
    private final PathFilter filter;
    private final FilmContent content;
    private final BooleanSupplier cancelled;
    private final Collected collected;
    private final List<Path> pictures = new ArrayList<>();
    private final List<Path> movies = new ArrayList<>();

    /**
     * @param root the folder that was named
     * @param filter which files are wanted
     * @param content what is in files
     * @param cancelled ends the search
     * @param collected takes the films, and what is none
     */
    FolderFilms(
            Path root,
            Path folder,
            List<Path> files,
            PathFilter filter,
            FilmContent content,
            BooleanSupplier cancelled,
            Collected collected) {
        this.root = root;
        this.folder = folder;
        this.filter = filter;
        this.content = content;
        this.cancelled = cancelled;
        this.collected = collected;
        for (var file : files) {
            if (cancelled.getAsBoolean()) {
                return;
            }
            sort(file);
        }
    }

    private void sort(Path file) {
        if (!Files.exists(file)) {
            collected.leave(LeftOut.Reason.DEAD_LINK, root, file);
        } else if (!Files.isRegularFile(file)) {
            collected.leave(LeftOut.Reason.SPECIAL, root, file);
        } else if (!filter.takes(root.relativize(file))) {
            collected.leave(LeftOut.Reason.NOT_WANTED, root, file);
        } else {
            switch (FileKind.of(file)) {
                case FILM -> movies.add(file);
                case PICTURE -> pictures.add(file);
                case OTHER -> collected.leave(LeftOut.Reason.OTHER_KIND, root, file);
                case UNKNOWN -> tryContent(file);
            }
        }
    }

    private void tryContent(Path file) {
        if (content.isFilm(file, cancelled)) {
            movies.add(file);
        } else {
            collected.leave(LeftOut.Reason.NO_FILM, root, file);
        }
    }

    /** Takes the film files. */
    void takeFilms() {
        take(collected.films().size(), List.of(), collected.unique(root, movies));
    }

    /** Whether pictures are posters is known only once it is known whether there are films, also in the folders below. */
    void takePictures(int place, boolean filmsBelow) {
        var posters = Posters.among(pictures, movies, filmsBelow || !movies.isEmpty());
        posters.stream().sorted(ORDER).forEach(poster -> collected.leave(LeftOut.Reason.POSTER, root, poster));
        pictures.removeAll(posters);
        take(place, collected.unique(root, pictures), List.of());
    }

    private void take(int place, List<Path> ofPictures, List<Path> ofFilms) {
        collected.take(place, root, Sources.of(folder, ofPictures, ofFilms));
    }
}

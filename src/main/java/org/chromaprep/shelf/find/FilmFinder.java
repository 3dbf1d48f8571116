package org.chromaprep.shelf.find;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.source.FileKind;
import org.chromaprep.video.source.FilmFile;
import org.chromaprep.video.source.FilmSniffer;
import org.chromaprep.video.source.NaturalOrder;
import org.chromaprep.video.source.Sources;

/**
 * Finds the films that a user names: files, folders with all that lies below them, globs, and whatever {@link Sources} knows. Each
 * file is taken once, however many paths lead to it. Used by one thread.
 */
public final class FilmFinder {
    private static final Pattern WILD = Pattern.compile(".*[*?\\[{].*");
    /** What systems, network stores and viewers keep beside people's files. */
    private static final Set<String> OF_THE_SYSTEM = Set.of(
            "@eadir",
            "#recycle",
            "#snapshot",
            "$recycle.bin",
            "lost+found",
            "system volume information",
            "__macosx",
            "extrathumbs",
            "extrafanart",
            "thumbnails",
            "thumbs");

    private static final Comparator<Path> ORDER =
            Comparator.comparing(file -> String.valueOf(file.getFileName()), new NaturalOrder());

    private final boolean recursive;
    private final PathFilter filter;
    private final Set<Path> outputs;
    private final BooleanSupplier cancelled;
    private final LongConsumer progress;
    private final List<FoundFilm> films = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final List<SourceException> failures = new ArrayList<>();
    private final Set<Object> taken = new HashSet<>();
    private long seen;

    /**
     * What was found.
     *
     * @param films in order: of a folder its own files first, then those of the folders in it, as people count
     * @param leftOut what is not taken for a film
     * @param failures a sentence for each input or folder that cannot be looked at
     */
    public record Found(List<FoundFilm> films, List<LeftOut> leftOut, List<SourceException> failures) {}

    /**
     * @param recursive whether folders in folders are looked into
     * @param filter which files are wanted
     * @param output where the films' output goes, which is not looked into
     * @param cancelled ends the search
     * @param progress hears now and then how many files were seen
     */
    public FilmFinder(
            boolean recursive, PathFilter filter, Path output, BooleanSupplier cancelled, LongConsumer progress) {
        this.recursive = recursive;
        this.filter = filter;
        this.outputs = Set.of(real(output));
        this.cancelled = cancelled;
        this.progress = progress;
    }

    /** Looks for what an input means. What was found before stays taken. */
    public void find(String input) {
        try {
            var elsewhere = Sources.notOnDisk(input);
            if (elsewhere.isPresent()) {
                films.add(new FoundFilm(elsewhere.get(), elsewhere.get().name()));
                return;
            }
            var path = path(input);
            if (Files.isDirectory(path)) {
                folder(path);
            } else if (Files.exists(path)) {
                file(path);
            } else if (WILD.matcher(input).matches()) {
                glob(input);
            } else {
                Sources.expand(input).forEach(film -> take(path.toAbsolutePath().resolveSibling(""), film));
            }
        } catch (SourceException e) {
            failures.add(e);
        }
    }

    /** Looks for what a line of a list means. */
    void find(FilmListFile.Line line) {
        var before = films.size();
        find(line.film());
        var count = films.size() - before;
        if (line.name().isPresent() && count > 1) {
            films.subList(before, films.size()).clear();
            failures.add(new SourceException(line.film() + " is " + count + " films, which cannot all be called "
                    + line.name().get() + "; give each a line of its own."));
            return;
        }
        for (var i = before; i < films.size(); i++) {
            films.set(i, films.get(i).with(line.name(), line.about()));
        }
    }

    /** All that was found so far. */
    public Found found() {
        return new Found(List.copyOf(films), List.copyOf(leftOut), List.copyOf(failures));
    }

    private static Path path(String input) throws SourceException {
        try {
            return Path.of(input);
        } catch (InvalidPathException e) {
            throw new SourceException(input + " is not a path; check its characters.", e);
        }
    }

    private void folder(Path folder) throws SourceException {
        var before = films.size();
        var aside = leftOut.size();
        var troubles = failures.size();
        walk(folder, folder, new LinkedHashSet<>());
        var twice =
                leftOut.subList(aside, leftOut.size()).stream().anyMatch(each -> each.reason() == LeftOut.Reason.TWICE);
        if (films.size() == before && !twice && failures.size() == troubles && !cancelled.getAsBoolean()) {
            throw new SourceException(folder + " holds no film and no picture"
                    + (leftOut.size() > aside
                            ? " that is wanted (" + (leftOut.size() - aside) + " left out; `dry-run` says why)"
                            : "")
                    + "; name a folder that does, or a file.");
        }
    }

    private void file(Path file) {
        var root = file.toAbsolutePath().resolveSibling("");
        if (!filter.takes(file.getFileName())) {
            leave(LeftOut.Reason.NOT_WANTED, root, file.toAbsolutePath());
        } else if (isNew(file)) {
            take(root, new FilmFile(file));
        } else {
            leave(LeftOut.Reason.TWICE, root, file.toAbsolutePath());
        }
    }

    // As in a shell, what matches may be files and folders; of the files in one folder, pictures make sequences.
    private void glob(String input) throws SourceException {
        var named = path(input).toAbsolutePath().normalize();
        var root = named.getRoot();
        for (var part : named) {
            if (WILD.matcher(part.toString()).matches()) {
                break;
            }
            root = root.resolve(part);
        }
        if (!Files.isDirectory(root)) {
            throw new SourceException(input + " matches nothing, for there is no folder " + root + "; check the path.");
        }
        try {
            var pattern = root.relativize(named)
                    .toString()
                    .replace(FileSystems.getDefault().getSeparator(), "/");
            var matcher = PathFilter.matcher(pattern);
            var before = films.size() + leftOut.size();
            new Globbing(
                            root,
                            path -> matcher.matches(path),
                            pattern.contains("**") ? Integer.MAX_VALUE : pattern.split("/").length)
                    .look(root, 1, new LinkedHashSet<>());
            if (films.size() + leftOut.size() == before) {
                throw new SourceException(
                        input + " matches no film and no picture; check the path, and that no shell has taken its"
                                + " stars away.");
            }
        } catch (PatternSyntaxException e) {
            throw new SourceException(
                    input + " is neither there nor a glob (" + e.getDescription() + "); check the path.", e);
        }
    }

    private interface Match {
        boolean matches(Path relative);
    }

    /** Looks for what a glob matches. */
    private final class Globbing {
        private final Path root;
        private final Match match;
        private final int depth;

        Globbing(Path root, Match match, int depth) {
            this.root = root;
            this.match = match;
            this.depth = depth;
        }

        void look(Path folder, int level, LinkedHashSet<Path> above) {
            if (cancelled.getAsBoolean() || !enter(root, folder, above)) {
                return;
            }
            var files = new ArrayList<Path>();
            var folders = new ArrayList<Path>();
            for (var entry : list(root, folder)) {
                var matches = match.matches(root.relativize(entry));
                if (Files.isDirectory(entry)) {
                    if (matches && !isHidden(entry)) {
                        walk(root, entry, above);
                    } else if (level < depth && !isHidden(entry)) {
                        folders.add(entry);
                    }
                } else if (matches) {
                    files.add(entry);
                }
            }
            var own = new FilesOfAFolder(root, folder, files);
            own.takeFilms();
            own.takePictures(films.size(), true);
            folders.forEach(each -> look(each, level + 1, above));
            above.remove(real(folder));
        }
    }

    private void walk(Path root, Path folder, LinkedHashSet<Path> above) {
        if (cancelled.getAsBoolean() || !enter(root, folder, above)) {
            return;
        }
        var files = new ArrayList<Path>();
        var folders = new ArrayList<Path>();
        for (var entry : list(root, folder)) {
            if (isHidden(entry)) {
                leave(LeftOut.Reason.HIDDEN, root, entry);
            } else if (!Files.isDirectory(entry)) {
                files.add(entry);
            } else if (OF_THE_SYSTEM.contains(entry.getFileName().toString().toLowerCase(Locale.ROOT))) {
                leave(LeftOut.Reason.OF_THE_SYSTEM, root, entry);
            } else if (recursive) {
                folders.add(entry);
            } else {
                leave(LeftOut.Reason.BELOW, root, entry);
            }
        }
        var own = new FilesOfAFolder(root, folder, files);
        own.takeFilms();
        var place = films.size();
        folders.forEach(each -> walk(root, each, above));
        own.takePictures(place, films.size() > place);
        above.remove(real(folder));
    }

    /** Whether a folder is to be looked into; it is then among those above what lies in it. */
    private boolean enter(Path root, Path folder, LinkedHashSet<Path> above) {
        var real = real(folder);
        if (above.contains(real)) {
            leave(LeftOut.Reason.LOOP, root, folder);
            return false;
        }
        if (outputs.contains(real) || isOutput(folder)) {
            leave(LeftOut.Reason.OUTPUT, root, folder);
            return false;
        }
        if (!taken.add(real)) {
            leave(LeftOut.Reason.TWICE, root, folder);
            return false;
        }
        above.add(real);
        return true;
    }

    private static boolean isOutput(Path folder) {
        return Files.exists(folder.resolve("frames.jsonl"))
                && (Files.exists(folder.resolve("manifest.json")) || Files.exists(folder.resolve("dataset.json")));
    }

    private List<Path> list(Path root, Path folder) {
        var entries = new ArrayList<Path>();
        try (var stream = Files.newDirectoryStream(folder)) {
            for (var entry : stream) {
                entries.add(entry);
                progress.accept(++seen);
                if (cancelled.getAsBoolean()) {
                    break;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            failures.add(new SourceException(
                    "The folder " + shown(root, folder) + " cannot be looked into (" + e.getMessage()
                            + "), so that its films are missing; check its permissions and its disk.",
                    e));
        }
        entries.sort(ORDER);
        return entries;
    }

    /** The files of one folder, sorted by what they are. */
    private final class FilesOfAFolder {
        private final Path root;
        private final Path folder;
        private final List<Path> pictures = new ArrayList<>();
        private final List<Path> movies = new ArrayList<>();

        FilesOfAFolder(Path root, Path folder, List<Path> files) {
            this.root = root;
            this.folder = folder;
            for (var file : files) {
                if (cancelled.getAsBoolean()) {
                    return;
                }
                sort(file);
            }
        }

        private void sort(Path file) {
            if (!Files.exists(file)) {
                leave(LeftOut.Reason.DEAD_LINK, root, file);
            } else if (!Files.isRegularFile(file)) {
                leave(LeftOut.Reason.SPECIAL, root, file);
            } else if (!filter.takes(root.relativize(file))) {
                leave(LeftOut.Reason.NOT_WANTED, root, file);
            } else {
                switch (FileKind.of(file)) {
                    case FILM -> movies.add(file);
                    case PICTURE -> pictures.add(file);
                    case OTHER -> leave(LeftOut.Reason.OTHER_KIND, root, file);
                    case UNKNOWN -> tryContent(file);
                }
            }
        }

        private void tryContent(Path file) {
            if (FilmSniffer.isFilm(file, cancelled)) {
                movies.add(file);
            } else {
                leave(LeftOut.Reason.NO_FILM, root, file);
            }
        }

        void takeFilms() {
            take(films.size(), List.of(), unique(root, movies));
        }

        /** Whether pictures are posters is known only once it is known whether there are films, also in the folders below. */
        void takePictures(int place, boolean filmsBelow) {
            var posters = Posters.among(pictures, movies, filmsBelow || !movies.isEmpty());
            posters.stream().sorted(ORDER).forEach(poster -> leave(LeftOut.Reason.POSTER, root, poster));
            pictures.removeAll(posters);
            take(place, unique(root, pictures), List.of());
        }

        private void take(int place, List<Path> ofPictures, List<Path> ofFilms) {
            var found = Sources.of(folder, ofPictures, ofFilms).stream()
                    .map(film -> found(root, film))
                    .toList();
            films.addAll(place, found);
        }
    }

    private List<Path> unique(Path root, List<Path> files) {
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

    private boolean isNew(Path file) {
        try {
            return taken.add(file.toRealPath());
        } catch (IOException e) {
            // Opening it will say what is the matter.
            return true;
        }
    }

    private void take(Path root, SourceInput film) {
        films.add(found(root, film));
    }

    private static FoundFilm found(Path root, SourceInput film) {
        var files = film.files();
        return new FoundFilm(film, files.isEmpty() ? film.name() : shown(root, files.get(0)));
    }

    private void leave(LeftOut.Reason reason, Path root, Path path) {
        leftOut.add(new LeftOut(reason, shown(root, path)));
    }

    private static String shown(Path root, Path path) {
        var relative = root.toAbsolutePath()
                .normalize()
                .relativize(path.toAbsolutePath().normalize())
                .toString();
        return (relative.isEmpty() ? path.toString() : relative)
                .replace(FileSystems.getDefault().getSeparator(), "/");
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder.toAbsolutePath().normalize();
        }
    }

    /** Reads a list of films and looks for each. */
    public void findListed(Path list) {
        for (var line : FilmListFile.read(list)) {
            find(line);
        }
    }
}

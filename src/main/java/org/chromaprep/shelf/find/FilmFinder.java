package org.chromaprep.shelf.find;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.regex.PatternSyntaxException;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.source.FilmFile;
import org.chromaprep.video.source.Globs;
import org.chromaprep.video.source.Sources;

/**
 * Finds the films that a user names: files, folders with all that lies below them, globs, and whatever {@link Sources} knows. Each
 * file is taken once, however many paths lead to it. Used by one thread.
 */
public final class FilmFinder {
    private final PathFilter filter;
    private final BooleanSupplier cancelled;
    private final Collected collected = new Collected();
    private final FolderSearch search;

    /**
     * What was found.
     *
     * @param films in order: of a folder its own files first, then those of the folders in it, as people count
     * @param leftOut what is not taken for a film
     * @param failures a sentence for each input or folder that cannot be looked at
     */
    public record Found(List<FoundFilm> films, List<LeftOut> leftOut, List<SourceException> failures) {}

    /** As the other constructor, of files that are on the disk. */
    public FilmFinder(
            boolean recursive, PathFilter filter, Path output, BooleanSupplier cancelled, LongConsumer progress) {
        this(recursive, filter, FilmContent.OF_FILES, output, cancelled, progress);
    }

    /**
     * @param recursive whether folders in folders are looked into
     * @param filter which files are wanted
     * @param content what is in files whose names do not say it
     * @param output where the films' output goes, which is not looked into
     * @param cancelled ends the search
     * @param progress is called now and then with the number of files seen
     */
    public FilmFinder(
            boolean recursive,
            PathFilter filter,
            FilmContent content,
            Path output,
            BooleanSupplier cancelled,
            LongConsumer progress) {
        this.filter = filter;
        this.cancelled = cancelled;
        this.search = new FolderSearch(recursive, filter, content, output, cancelled, progress, collected);
    }

    /** Looks for what an input means. What was found before stays taken. */
    public void find(String input) {
        try {
            var elsewhere = Sources.notOnDisk(input);
            if (elsewhere.isPresent()) {
                collected
                        .films()
                        .add(new FoundFilm(elsewhere.get(), elsewhere.get().name()));
                return;
            }
            var path = path(input);
            if (Files.isDirectory(path)) {
                folder(path);
            } else if (Files.exists(path)) {
                file(path);
            } else if (Globs.isWild(input)) {
                glob(input);
            } else {
                Sources.expand(input)
                        .forEach(film -> collected.take(path.toAbsolutePath().resolveSibling(""), film));
            }
        } catch (SourceException e) {
            collected.failures().add(e);
        }
    }

    /** Looks for what a line of a list means. */
    public void find(ListedFilm line) {
        var before = collected.films().size();
        find(line.film());
        var count = collected.films().size() - before;
        if (line.name().isPresent() && count > 1) {
            collected.films().subList(before, collected.films().size()).clear();
            collected
                    .failures()
                    .add(new SourceException(line.film() + " is " + count + " films, which cannot all be called "
                            + line.name().get() + "; give each a line of its own."));
            return;
        }
        for (var i = before; i < collected.films().size(); i++) {
            collected.films().set(i, collected.films().get(i).with(line.name(), line.about()));
        }
    }

    /** All that was found so far. */
    public Found found() {
        return new Found(
                List.copyOf(collected.films()), List.copyOf(collected.leftOut()), List.copyOf(collected.failures()));
    }

    private static Path path(String input) throws SourceException {
        try {
            return Path.of(input);
        } catch (InvalidPathException e) {
            throw new SourceException(input + " is not a path; check its characters.", e);
        }
    }

    private void folder(Path folder) throws SourceException {
        var before = collected.films().size();
        var aside = collected.leftOut().size();
        var troubles = collected.failures().size();
        search.all(folder);
        var twice = collected.leftOut().subList(aside, collected.leftOut().size()).stream()
                .anyMatch(each -> each.reason() == LeftOut.Reason.TWICE);
        if (collected.films().size() == before
                && !twice
                && collected.failures().size() == troubles
                && !cancelled.getAsBoolean()) {
            throw new SourceException(folder + " holds no film and no picture"
                    + (collected.leftOut().size() > aside
                            ? " that is wanted (" + (collected.leftOut().size() - aside)
                                    + " left out; `dry-run` says why)"
                            : "")
                    + "; name a folder that does, or a file.");
        }
    }

    private void file(Path file) {
        var root = file.toAbsolutePath().resolveSibling("");
        if (!filter.takes(file.getFileName())) {
            collected.leave(LeftOut.Reason.NOT_WANTED, root, file.toAbsolutePath());
        } else if (collected.isNew(file)) {
            collected.take(root, new FilmFile(file));
        } else {
            collected.leave(LeftOut.Reason.TWICE, root, file.toAbsolutePath());
        }
    }

    private void glob(String input) throws SourceException {
        var named = path(input).toAbsolutePath().normalize();
        var root = named.getRoot();
        for (var part : named) {
            if (Globs.isWild(part.toString())) {
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
            var depth = pattern.contains("**") ? Integer.MAX_VALUE : pattern.split("/").length;
            var before = collected.films().size() + collected.leftOut().size();
            search.matching(root, new FolderSearch.Pattern(Globs.matcher(pattern), depth));
            if (collected.films().size() + collected.leftOut().size() == before) {
                throw new SourceException(
                        input + " matches no film and no picture; check the path, and that no shell has taken its"
                                + " stars away.");
            }
        } catch (PatternSyntaxException e) {
            throw new SourceException(
                    input + " is neither there nor a glob (" + e.getDescription() + "); check the path.", e);
        }
    }

    /** Reads a list of films and looks for each. */
    public void findListed(Path list) {
        listed(list).forEach(this::find);
    }

    /**
     * Reads a list of films and looks for none.
     *
     * @throws IllegalArgumentException if it cannot be read, with a sentence
     */
    public static List<ListedFilm> listed(Path list) {
        return FilmListFile.read(list);
    }
}

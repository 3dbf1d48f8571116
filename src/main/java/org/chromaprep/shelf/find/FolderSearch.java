package org.chromaprep.shelf.find;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.chromaprep.video.SourceException;

/** Looks through folders, and those in them, for films. No folder is looked into twice, and none of the program's own output. Used by one thread. */
final class FolderSearch {
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

    private final boolean recursive;
    private final PathFilter filter;
    private final FilmContent content;
    private final Path output;
    private final BooleanSupplier cancelled;
    private final LongConsumer progress;
    private final Collected collected;
    private long seen;

    /**
     * What a glob asks for.
     *
     * @param matcher of paths below the folder that the search begins in
     * @param depth folders below each other that it can match
     */
    record Pattern(PathMatcher matcher, int depth) {}

    /**
     * @param recursive whether folders in folders are looked into
     * @param filter which files are wanted
     * @param content what is in files
     * @param output where the films' output goes, which is not looked into
     * @param cancelled ends the search
     * @param progress is called now and then with the number of files seen
     * @param collected takes what is found
     */
    FolderSearch(
            boolean recursive,
            PathFilter filter,
            FilmContent content,
            Path output,
            BooleanSupplier cancelled,
            LongConsumer progress,
            Collected collected) {
        this.recursive = recursive;
        this.filter = filter;
        this.content = content;
        this.output = real(output);
        this.cancelled = cancelled;
        this.progress = progress;
        this.collected = collected;
    }

    /** Looks for all films in a folder. */
    void all(Path folder) {
        walk(folder, folder, new LinkedHashSet<>());
    }

    /** Looks for what a glob matches: as in a shell, files and folders; of the files in one folder, pictures make sequences. */
    void matching(Path root, Pattern pattern) {
        look(root, root, pattern, 1, new LinkedHashSet<>());
    }

    private void look(Path root, Path folder, Pattern pattern, int level, LinkedHashSet<Path> above) {
        if (cancelled.getAsBoolean() || !enter(root, folder, above)) {
            return;
        }
        var files = new ArrayList<Path>();
        var folders = new ArrayList<Path>();
        for (var entry : list(root, folder)) {
            var matches = pattern.matcher().matches(root.relativize(entry));
            if (Files.isDirectory(entry)) {
                if (matches && !isHidden(entry)) {
                    walk(root, entry, above);
                } else if (level < pattern.depth() && !isHidden(entry)) {
                    folders.add(entry);
                }
            } else if (matches) {
                files.add(entry);
            }
        }
        var own = new FolderFilms(root, folder, files, filter, content, cancelled, collected);
        own.takeFilms();
        own.takePictures(collected.films().size(), true);
        folders.forEach(each -> look(root, each, pattern, level + 1, above));
        above.remove(real(folder));
    }

    private void walk(Path root, Path folder, LinkedHashSet<Path> above) {
        if (cancelled.getAsBoolean() || !enter(root, folder, above)) {
            return;
        }
        var files = new ArrayList<Path>();
        var folders = new ArrayList<Path>();
        for (var entry : list(root, folder)) {
            if (isHidden(entry)) {
                collected.leave(LeftOut.Reason.HIDDEN, root, entry);
            } else if (!Files.isDirectory(entry)) {
                files.add(entry);
            } else if (OF_THE_SYSTEM.contains(entry.getFileName().toString().toLowerCase(Locale.ROOT))) {
                collected.leave(LeftOut.Reason.OF_THE_SYSTEM, root, entry);
            } else if (recursive) {
                folders.add(entry);
            } else {
                collected.leave(LeftOut.Reason.BELOW, root, entry);
            }
        }
        var own = new FolderFilms(root, folder, files, filter, content, cancelled, collected);
        own.takeFilms();
        var place = collected.films().size();
        folders.forEach(each -> walk(root, each, above));
        own.takePictures(place, collected.films().size() > place);
        above.remove(real(folder));
    }

    /** Whether a folder is to be looked into; it is then among those above what lies in it. */
    private boolean enter(Path root, Path folder, LinkedHashSet<Path> above) {
        var real = real(folder);
        if (above.contains(real)) {
            collected.leave(LeftOut.Reason.LOOP, root, folder);
            return false;
        }
        if (output.equals(real) || isOutput(folder)) {
            collected.leave(LeftOut.Reason.OUTPUT, root, folder);
            return false;
        }
        if (!collected.isNewFolder(real)) {
            collected.leave(LeftOut.Reason.TWICE, root, folder);
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
            collected
                    .failures()
                    .add(new SourceException(
                            "The folder " + Collected.shown(root, folder) + " cannot be looked into (" + e.getMessage()
                                    + "), so that its films are missing; check its permissions and its disk.",
                            e));
        }
        entries.sort(FolderFilms.ORDER);
        return entries;
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
}

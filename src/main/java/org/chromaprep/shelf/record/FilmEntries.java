package org.chromaprep.shelf.record;

import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.FinishedFiles;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.film.LedgerLines;
import org.chromaprep.output.film.Manifest;
import org.chromaprep.output.film.ManifestFile;
import org.chromaprep.shelf.record.FilmEntry.Loss;
import org.chromaprep.shelf.record.FilmEntry.Outcome;

/** Makes the record's entries of what films' folders hold. Stateless. */
public final class FilmEntries {
    private static final int MOST_LOSSES = 100;

    private FilmEntries() {}

    /** What a ledger records beside its counts. */
    private static final class Reading {
        final List<Loss> losses = new ArrayList<>();
        int scenes;
        double first = Double.NaN;
        double last = Double.NaN;

        void take(LedgerLine line) {
            if (line.outcome() == LedgerLine.Outcome.LOST && losses.size() < MOST_LOSSES) {
                losses.add(new Loss(line.time(), line.reason().orElse("not decodable")));
            }
            line.scene().ifPresent(scene -> scenes = Math.max(scenes, scene + 1));
            if (line.time().isPresent()) {
                first = Double.isNaN(first) ? line.time().get() : first;
                last = line.time().get();
            }
        }

        double duration() {
            return Double.isNaN(first) ? 0 : last - first;
        }
    }

    /**
     * The entry of a film whose run has ended without a failure.
     *
     * @param folder its
     * @param path of the film, relative to the folder that was named
     * @param before frames that had their outcome when this run began
     * @param seconds that this run took for it
     * @throws OutputException if the folder cannot be read
     */
    public static FilmEntry ended(Path folder, String path, long before, double seconds) throws OutputException {
        return entry(folder, path, before, seconds, Optional.empty());
    }

    /**
     * Whether a finished film's folder is as an entry has it, by its manifest and by the time stamps of its files; nothing else is
     * read, since a shelf has thousands of finished films every night.
     *
     * @throws OutputException if the folder cannot be read
     */
    public static boolean isAsIn(FilmEntry entry, Path folder) throws OutputException {
        try {
            var manifest = Files.readString(folder.resolve(Manifest.FILE));
            return entry.manifest().filter(manifest::equals).isPresent()
                    && entry.times().equals(FinishedFiles.times(folder, ManifestFile.read(folder)));
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static OutputException unreadable(Path folder, IOException cause) {
        return new OutputException(
                "The folder " + folder + " cannot be read (" + cause.getMessage() + "); check the disk.", cause);
    }

    /**
     * The entry of a film that failed.
     *
     * @param folder its; need not be there
     * @param failure what went wrong and what to do
     */
    public static FilmEntry failed(Path folder, String path, double seconds, String failure) {
        try {
            if (Files.exists(folder.resolve(Manifest.FILE))) {
                return entry(folder, path, 0, seconds, Optional.of(failure));
            }
        } catch (OutputException e) {
            // Its folder is a part of what went wrong.
            return none(folder.getFileName().toString(), path, seconds, failure);
        }
        return none(folder.getFileName().toString(), path, seconds, failure);
    }

    /** The entry of an input that no film was found for. */
    public static FilmEntry missing(String input, String failure) {
        return none("", input, 0, failure);
    }

    private static FilmEntry none(String name, String path, double seconds, String failure) {
        return new FilmEntry(
                name,
                path,
                Outcome.FAILED,
                LedgerCounts.NONE,
                0,
                seconds,
                List.of(),
                List.of(),
                Optional.of(failure),
                0,
                0,
                0,
                0,
                false,
                Map.of(),
                Optional.empty());
    }

    private static FilmEntry entry(Path folder, String path, long before, double seconds, Optional<String> failure)
            throws OutputException {
        try {
            var manifest = ManifestFile.read(folder);
            var reading = read(folder);
            var counts = manifest.ledger();
            var outcome = failure.isPresent()
                    ? Outcome.FAILED
                    : !manifest.complete() ? Outcome.INTERRUPTED : counts.lost() > 0 ? Outcome.LOSSY : Outcome.DONE;
            return new FilmEntry(
                    folder.getFileName().toString(),
                    path,
                    outcome,
                    counts,
                    failure.isPresent() ? 0 : Math.max(0, counts.decoded() + counts.lost() - before),
                    seconds,
                    reading.losses,
                    manifest.notes(),
                    failure,
                    reading.duration(),
                    manifest.source().bytes().orElse(0L),
                    bytes(folder),
                    reading.scenes,
                    manifest.untrained(),
                    manifest.complete() ? FinishedFiles.times(folder, manifest) : Map.of(),
                    manifest.complete()
                            ? Optional.of(Files.readString(folder.resolve(Manifest.FILE)))
                            : Optional.empty());
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static Reading read(Path folder) throws IOException, OutputException {
        var reading = new Reading();
        try (MappingIterator<LedgerLine> lines = LedgerLines.read(folder)) {
            while (lines.hasNextValue()) {
                reading.take(lines.nextValue());
            }
        }
        return reading;
    }

    private static long bytes(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            var sum = 0L;
            for (var file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
            return sum;
        }
    }
}

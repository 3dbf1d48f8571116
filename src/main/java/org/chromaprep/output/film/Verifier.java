package org.chromaprep.output.film;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;
import org.chromaprep.files.SealedJson;

/**
 * Checks a film's folder against its manifest: shards, hashes, samples, ledger, and that nothing unfinished lies about. Reads
 * every byte of every shard, unless it is in a hurry; changes nothing. Stateless.
 */
public final class Verifier {
    private Verifier() {}

    /**
     * What was found in one film's folder.
     *
     * @param folder the film's folder
     * @param counts the ledger's counts as the manifest records them
     * @param shards how many the manifest names
     * @param complete whether the manifest says that every frame asked for is there
     * @param open whether the last shard is that of an interrupted run, which a run that continues replaces
     * @param damages each thing that is wrong; none if all is well
     */
    public record Report(
            Path folder, LedgerCounts counts, int shards, boolean complete, boolean open, List<Damage> damages) {
        public Report {
            damages = List.copyOf(damages);
        }

        /** A sentence for each thing that is wrong. */
        public List<String> findings() {
            return damages.stream().map(Damage::sentence).toList();
        }
    }

    /**
     * Checks an output folder: one film's, or one that holds films' folders.
     *
     * @return a report for each film, in the names' order; at least one
     * @throws OutputException if there is no film's folder here
     */
    public static List<Report> verify(Path out) throws OutputException {
        return verify(out, name -> Map.of());
    }

    /**
     * Checks an output folder as {@link #verify(Path)} does.
     *
     * @param times when the files of a finished film's folder were last written, by its name: they are believed where they have that
     *     time and their size still; empty where nothing is to be believed
     */
    public static List<Report> verify(Path out, Function<String, Map<String, String>> times) throws OutputException {
        if (Files.exists(out.resolve(Manifest.FILE))) {
            return List.of(report(out, times));
        }
        var reports = new ArrayList<Report>();
        try (var folders = Files.list(out)) {
            for (var folder : folders.filter(Verifier::isFilm).sorted().toList()) {
                reports.add(report(folder, times));
            }
        } catch (IOException e) {
            throw new OutputException(
                    "The folder " + out + " cannot be read (" + e.getMessage() + "); check the path.", e);
        }
        if (reports.isEmpty()) {
            throw new OutputException(
                    "The folder " + out + " holds no manifest.json; name a folder that process has written.");
        }
        return reports;
    }

    /**
     * Checks one film's folder.
     *
     * @param times when its files were last written, as {@link #verify(Path, Function)} has them
     */
    public static Report film(Path folder, Map<String, String> times) {
        return report(folder, name -> times);
    }

    /**
     * Whether a folder is a film's or holds one.
     *
     * @throws OutputException if it cannot be read
     */
    public static boolean hasFilms(Path out) throws OutputException {
        try (var folders = Files.list(out)) {
            return isFilm(out) || folders.anyMatch(Verifier::isFilm);
        } catch (IOException e) {
            throw new OutputException(
                    "The folder " + out + " cannot be read (" + e.getMessage() + "); check the path.", e);
        }
    }

    // A data set has a ledger of that name, too.
    private static boolean isFilm(Path folder) {
        return Files.exists(folder.resolve(Manifest.FILE))
                || Files.exists(folder.resolve(OutputNames.LEDGER))
                        && !Files.exists(folder.resolve(OutputNames.DATA_SET_INDEX));
    }

    private static Report report(Path folder, Function<String, Map<String, String>> times) {
        var file = folder.resolve(Manifest.FILE);
        if (!Files.exists(file)) {
            return failed(
                    folder,
                    "It has no manifest: its run ended before the first commit, or it was removed; run it again.");
        }
        try {
            var read = SealedJson.read(file);
            var manifest = OlderManifests.parse(read.content());
            if (manifest.format() > Manifest.FORMAT) {
                return failed(
                        folder, "Its manifest was written by a newer version of ChromaPrep, which alone can check it.");
            }
            var damages = new ArrayList<Damage>();
            if (read.seal() == SealedJson.Seal.BROKEN
                    || read.seal() == SealedJson.Seal.NONE && manifest.format() >= Manifest.SEALED) {
                damages.add(new Damage(
                        Damage.Part.MANIFEST,
                        "Its manifest was changed or damaged since it was written: its seal differs."));
            }
            damages.addAll(FilmCheck.of(
                    folder,
                    manifest,
                    times.apply(
                            folder.toAbsolutePath().normalize().getFileName().toString())));
            checkProjection(folder, manifest).ifPresent(damages::add);
            return new Report(
                    folder,
                    manifest.ledger(),
                    manifest.shards().size(),
                    manifest.complete(),
                    manifest.open().isPresent(),
                    damages);
        } catch (JsonProcessingException e) {
            return failed(
                    folder,
                    "Its manifest " + Json.complaint(e) + "; the same command of process mends it from the"
                            + " run's record, or with `overwrite` makes the folder anew.");
        } catch (IOException e) {
            return failed(folder, "It cannot be read (" + e.getMessage() + ").");
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // What damage makes a library do that reads it; the other films are checked all the same.
            return failed(
                    folder, "It cannot be checked (" + e + "); process with `overwrite` makes the film's folder anew.");
        }
    }

    private static Optional<Damage> checkProjection(Path folder, Manifest manifest) {
        return manifest.projection()
                .flatMap(wanted -> ProjectionFiles.difference(
                        folder.toAbsolutePath().normalize().resolveSibling(""), wanted))
                .map(sentence -> new Damage(Damage.Part.SHARED, sentence));
    }

    private static Report failed(Path folder, String sentence) {
        return new Report(
                folder, LedgerCounts.NONE, 0, false, false, List.of(new Damage(Damage.Part.MANIFEST, sentence)));
    }
}

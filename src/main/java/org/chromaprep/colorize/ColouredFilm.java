package org.chromaprep.colorize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.ColourReport;
import org.chromaprep.pipeline.colour.Colouring;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.source.FilmFile;

/**
 * A film that was coloured by this program or any other.
 *
 * @param film the film
 * @param report of the run that coloured it; empty where another program did
 */
public record ColouredFilm(SourceInput film, Optional<ColourReport> report) {
    /** Whether a folder is that of a finished run that coloured a film. */
    public static boolean isOne(Path folder) {
        return Files.exists(folder.resolve(ColourReport.FILE));
    }

    /**
     * The film in the folder of a run.
     *
     * @throws OutputException if the folder cannot be read
     * @throws SourceException if the film is no longer there
     */
    public static ColouredFilm of(Path folder) throws OutputException, SourceException {
        var report = ReportFile.read(folder);
        try (var files = Files.newDirectoryStream(folder, Colouring.FILM + ".*")) {
            for (var file : files) {
                return new ColouredFilm(new FilmFile(file), Optional.of(report));
            }
        } catch (IOException e) {
            throw new OutputException(
                    "The folder " + folder + " cannot be read (" + e.getMessage() + "); check the disk.", e);
        }
        throw new SourceException(
                "The folder " + folder + " has no " + Colouring.FILM + " film any more; run colorize again.");
    }

    /** A film that another program may have coloured; its folder is looked at for a report. */
    public static ColouredFilm of(SourceInput film) throws OutputException {
        var folder =
                film.localFile().map(file -> file.toAbsolutePath().getParent()).filter(ColouredFilm::isOne);
        return new ColouredFilm(
                film, folder.isPresent() ? Optional.of(ReportFile.read(folder.get())) : Optional.empty());
    }

    /**
     * Frames whose colours were known: the run's references, or where there are none the middle of each shot.
     *
     * @throws SourceException if the true film cannot be read
     */
    public List<Long> references(SourceInput truth, FilmSettings settings, BooleanSupplier cancelled)
            throws SourceException {
        if (report.isPresent() && !report.get().references().isEmpty()) {
            return report.get().references().stream()
                    .map(ColourReport.Reference::frame)
                    .toList();
        }
        return FilmPlan.choose(truth, settings, FilmPlan.Choice.MIDDLE, cancelled).stream()
                .filter(entry -> !entry.file().isEmpty())
                .map(FilmPlan.Entry::frame)
                .toList();
    }
}

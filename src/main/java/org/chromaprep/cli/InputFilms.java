package org.chromaprep.cli;

import java.nio.file.Path;
import java.util.List;
import org.chromaprep.files.OutputException;
import org.chromaprep.shelf.find.FilmFinder;
import org.chromaprep.shelf.find.PathFilter;
import org.chromaprep.shelf.plan.PlannedFilm;
import org.chromaprep.shelf.plan.ShelfPlan;
import org.chromaprep.video.SourceException;

/**
 * The films of inputs that are compared with an output folder, each known there by its content.
 *
 * @param films with their folders
 * @param failures a sentence for each input that cannot be looked at
 */
record InputFilms(List<PlannedFilm> films, List<SourceException> failures) {
    /**
     * Looks for them.
     *
     * @param inputs films, and folders with all below them
     * @param out the output folder
     * @throws OutputException if it cannot be looked into
     */
    static InputFilms of(List<String> inputs, Path out) throws OutputException {
        var finder = new FilmFinder(true, new PathFilter(List.of(), List.of()), out, () -> false, seen -> {});
        inputs.forEach(finder::find);
        var found = finder.found();
        return new InputFilms(
                ShelfPlan.of(found.films(), out, false, () -> false).films(), found.failures());
    }
}

package org.chromaprep.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chromaprep.files.Failures;
import org.chromaprep.files.OutputException;
import org.chromaprep.files.SealedJson;
import org.chromaprep.output.film.OutputNames;

/**
 * {@code .view.json} of an unfinished film's folder: its hashes and what was measured of it, so that a run that continues does not read
 * the whole film for them first. It is believed as long as the film's files have the sizes and time stamps that they had.
 *
 * @param settings what the run writes
 * @param versions of the program and its libraries, another of which may measure otherwise
 * @param stamps of the film's files, as one hash
 * @param hashes of the files
 * @param view how the film is looked at
 */
record StoredView(
        Map<String, String> settings,
        Map<String, String> versions,
        String stamps,
        List<String> hashes,
        FilmAnalysis view) {
    static StoredView of(ProcessorSetup common, InputFile file, FilmAnalysis view) {
        return new StoredView(common.facts().settings(), common.facts().versions(), file.stamps(), file.hashes(), view);
    }

    /** The one in a film's folder; empty where there is none, or a damaged one. */
    static Optional<StoredView> in(Path folder) {
        var file = folder.resolve(OutputNames.VIEW);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var read = SealedJson.read(file);
            return read.seal() == SealedJson.Seal.SOUND ? Optional.of(read.as(StoredView.class)) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            // The film is measured again.
            return Optional.empty();
        }
    }

    /** Whether this is of such a run, and of a film whose files are what they were, as far as sizes and time stamps tell. */
    boolean isOf(ProcessorSetup common, InputFile file) {
        return settings.equals(common.facts().settings())
                && versions.equals(common.facts().versions())
                && stamps.equals(file.stamps());
    }

    /**
     * Writes it into a film's folder, whose run's end removes it.
     *
     * @throws OutputException if the folder cannot be written
     */
    void write(Path folder) throws OutputException {
        try {
            SealedJson.write(folder.resolve(OutputNames.VIEW), this);
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }
}

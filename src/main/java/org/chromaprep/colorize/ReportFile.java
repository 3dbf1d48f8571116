package org.chromaprep.colorize;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.ColourReport;

/** Reads {@code colours.json}. Stateless. */
final class ReportFile {
    private ReportFile() {}

    /**
     * A film's report.
     *
     * @throws OutputException if it cannot be read
     */
    static ColourReport read(Path folder) throws OutputException {
        var file = folder.resolve(ColourReport.FILE);
        try {
            return Json.read(file, ColourReport.class);
        } catch (JsonProcessingException e) {
            throw new OutputException(
                    "The file " + file + " " + Json.complaint(e) + "; delete it, and the same command writes it"
                            + " anew.",
                    e);
        } catch (IOException e) {
            throw new OutputException(
                    "The file " + file + " cannot be read (" + e.getMessage() + "); check the disk.", e);
        }
    }
}

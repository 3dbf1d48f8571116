package org.chromaprep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chromaprep.dataset.DataSetFiles;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.FinishedFiles;
import org.chromaprep.output.film.Manifest;
import org.chromaprep.output.film.ManifestFile;
import org.chromaprep.output.film.OutputNames;
import org.chromaprep.output.film.ProjectionFiles;

/**
 * Which files a result consists of, for those who bring results from where no path leads to. Nothing but types of the JDK crosses this
 * border. Stateless.
 */
public final class EmbeddedResults {
    private EmbeddedResults() {}

    /**
     * The files that the manifest of a film, or the index of a data set, names.
     *
     * @param folder which has {@code manifest.json} or {@code dataset.json}
     * @param videos whether all are wanted, or only those that data sets are made of
     * @param names gets paths in the folder, and in the folder above it with {@code ../}
     * @return a sentence if it cannot be read; empty otherwise
     */
    public static String names(Path folder, boolean videos, List<String> names) {
        try {
            if (Files.exists(folder.resolve(OutputNames.DATA_SET_INDEX))) {
                names.addAll(DataSetFiles.names(folder));
                return "";
            }
            var manifest = ManifestFile.read(folder);
            names.addAll(FinishedFiles.names(manifest, videos));
            if (manifest.projection().isPresent()) {
                names.addAll(List.of("../" + ProjectionFiles.ARRAY, "../" + ProjectionFiles.RECORD));
            }
            return "";
        } catch (IOException | OutputException e) {
            return folder.resolve(Manifest.FILE) + " cannot be read (" + e.getMessage() + ").";
        }
    }
}

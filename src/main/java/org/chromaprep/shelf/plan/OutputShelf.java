package org.chromaprep.shelf.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.Manifest;
import org.chromaprep.output.film.ManifestFile;

/**
 * The films whose output is in a folder, by their manifests.
 *
 * @param films in the order of their names
 */
record OutputShelf(List<KnownFilm> films) {
    /**
     * Looks into a folder, which need not be there.
     *
     * @throws OutputException if it cannot be looked into
     */
    static OutputShelf of(Path out) throws OutputException {
        if (!Files.isDirectory(out)) {
            return new OutputShelf(List.of());
        }
        var films = new ArrayList<KnownFilm>();
        try (var folders = Files.list(out)) {
            for (var folder : folders.sorted().toList()) {
                if (Files.exists(folder.resolve(Manifest.FILE))) {
                    films.add(film(folder));
                }
            }
        } catch (IOException e) {
            throw new OutputException(
                    "The folder " + out + " cannot be looked into (" + e.getMessage()
                            + "); check its permissions and its disk.",
                    e);
        }
        return new OutputShelf(List.copyOf(films));
    }

    private static KnownFilm film(Path folder) {
        var name = folder.getFileName().toString();
        try {
            return KnownFilm.of(name, ManifestFile.read(folder));
        } catch (IOException | OutputException e) {
            // Whoever works on the folder says what is wrong with it.
            return KnownFilm.unreadable(name);
        }
    }
}

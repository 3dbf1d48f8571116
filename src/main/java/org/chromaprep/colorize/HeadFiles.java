package org.chromaprep.colorize;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.chromaprep.files.OutputException;
import org.chromaprep.learn.Head;
import org.chromaprep.learn.Model;
import org.chromaprep.learn.ModelException;
import org.chromaprep.learn.ModelFacts;
import org.chromaprep.learn.ModelFile;
import org.chromaprep.output.film.OutputNames;

/**
 * The heads that coloured a film, in its folder: a run that continues another takes them as they are. Safe for use by one thread
 * at a time.
 */
final class HeadFiles {
    private final Path folder;
    private final ModelFacts facts;

    /**
     * @param film the film's output folder
     * @param facts of the network and the fit, without what was learned from
     */
    HeadFiles(Path film, ModelFacts facts) {
        this.folder = film.resolve(OutputNames.HEADS);
        this.facts = facts;
    }

    private Path file(Shot shot) {
        return folder.resolve(String.format(Locale.ROOT, "shot-%06d.npz", shot.number()));
    }

    /** Heads that an earlier run of the same fitted to the same references; none if there are none. */
    List<Head> read(Shot shot, List<Reference> references) {
        var file = file(shot);
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            var model = ModelFile.read(file);
            return model.facts().learnedFrom().equals(learnedFrom(references)) ? model.heads() : List.of();
        } catch (ModelException damaged) {
            // What was cut short when a machine lost its power is fitted again.
            return List.of();
        }
    }

    void write(Shot shot, List<Reference> references, List<Head> heads) throws OutputException {
        ModelFile.write(
                file(shot),
                new Model(
                        heads,
                        new ModelFacts(
                                facts.layers(),
                                facts.preprocess(),
                                facts.weights(),
                                facts.size(),
                                learnedFrom(references),
                                facts.settings(),
                                Map.of(),
                                facts.version())));
    }

    private static Map<String, String> learnedFrom(List<Reference> references) {
        var from = new TreeMap<String, String>();
        references.forEach(
                each -> from.put("frame " + each.frame(), each.picture().sha256()));
        return from;
    }
}

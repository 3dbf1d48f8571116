package org.chromaprep.dataset;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;

/** Writes and reads a data set's {@code scenes.jsonl}. Stateless. */
final class SceneList {
    /** The file's name in the data set's folder. */
    static final String FILE = "scenes.jsonl";

    private SceneList() {}

    /** Writes a list under its temporary name, for a commit. */
    static DataSetIndex.SceneFile write(Path file, Collection<FilmList.FilmPlan> films) throws IOException {
        var temporary = DurableFiles.temporary(file);
        var digest = DigestUtils.getSha256Digest();
        var scenes = 0L;
        var leftOut = 0L;
        try (var out = new BufferedOutputStream(new DigestOutputStream(Files.newOutputStream(temporary), digest))) {
            for (var film : films) {
                for (var scene : film.scenes()) {
                    out.write((Json.MAPPER.writeValueAsString(scene) + "\n").getBytes(StandardCharsets.UTF_8));
                    scenes += scene.part().isPresent() ? 1 : 0;
                    leftOut += scene.part().isPresent() ? 0 : 1;
                }
            }
        }
        DurableFiles.sync(temporary);
        return new DataSetIndex.SceneFile(
                scenes, leftOut, Files.size(temporary), HexFormat.of().formatHex(digest.digest()));
    }

    /**
     * The scenes of a committed list, by film.
     *
     * @throws OutputException if the file is not the one that the index lists
     */
    static Map<String, List<PlannedScene>> read(Path file, DataSetIndex.SceneFile committed)
            throws IOException, OutputException {
        if (!committed.describes(file)) {
            throw new OutputException(
                    "The file " + file + " is missing or damaged; `overwrite` builds the data set anew.");
        }
        var films = new LinkedHashMap<String, List<PlannedScene>>();
        try (var lines = Json.MAPPER.readerFor(PlannedScene.class).<PlannedScene>readValues(file.toFile())) {
            while (lines.hasNextValue()) {
                var scene = lines.nextValue();
                films.computeIfAbsent(scene.film(), each -> new ArrayList<>()).add(scene);
            }
        }
        return films;
    }
}

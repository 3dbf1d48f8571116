package org.chromaprep.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.film.LedgerLines;

/**
 * A film's scenes, as its ledger records them.
 *
 * @param scenes in order
 * @param mixtures frames that show two scenes
 */
record FilmScenes(List<Scene> scenes, List<Mixture> mixtures) {
    /** Pictures of a scene that are compared with others', at most. */
    private static final int MOST_PICTURES = 12;

    private static final String DISSOLVE = "dissolve";

    /**
     * A scene.
     *
     * @param number from 0
     * @param samples that the film has of it
     * @param pictures of it: the first one, the last one and some between
     */
    record Scene(int number, long samples, List<String> pictures) {}

    /**
     * Frames in which one scene turns into the next.
     *
     * @param first of them
     * @param last of them
     * @param after the second of the scenes; the first is the one before
     */
    record Mixture(long first, long last, int after) {
        boolean contains(long frame) {
            return first <= frame && frame <= last;
        }
    }

    static FilmScenes read(Path folder) throws IOException, OutputException {
        var scenes = new ArrayList<Scene>();
        var mixtures = new ArrayList<Mixture>();
        try (var lines = LedgerLines.read(folder)) {
            var pictures = new ArrayList<String>();
            var number = -1;
            var samples = 0L;
            while (lines.hasNextValue()) {
                var line = lines.nextValue();
                if (line.scene().isEmpty()) {
                    continue;
                }
                if (line.scene().get() != number) {
                    line.sceneStart().flatMap(LedgerLine.SceneStart::before).ifPresent(pictures::add);
                    add(scenes, number, samples, pictures);
                    pictures.clear();
                    number = line.scene().get();
                    samples = 0;
                    mixture(line, number).ifPresent(mixtures::add);
                }
                samples += line.outcome() == LedgerLine.Outcome.WRITTEN ? 1 : 0;
                line.picture().ifPresent(pictures::add);
            }
            add(scenes, number, samples, pictures);
        }
        return new FilmScenes(List.copyOf(scenes), List.copyOf(mixtures));
    }

    private static Optional<Mixture> mixture(LedgerLine line, int scene) {
        return line.sceneStart()
                .filter(start -> start.transition().equals(Optional.of(DISSOLVE)))
                .map(start ->
                        new Mixture(start.first().orElseThrow(), start.last().orElseThrow(), scene));
    }

    private static void add(List<Scene> scenes, int number, long samples, List<String> pictures) {
        if (number >= 0) {
            var count = Math.min(MOST_PICTURES, pictures.size());
            var chosen = IntStream.range(0, count)
                    .mapToObj(
                            i -> pictures.get(count == 1 ? 0 : (int) ((long) i * (pictures.size() - 1) / (count - 1))))
                    .toList();
            scenes.add(new Scene(number, samples, chosen));
        }
    }
}

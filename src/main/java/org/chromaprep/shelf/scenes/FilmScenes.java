package org.chromaprep.shelf.scenes;

import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.film.LedgerLines;
import org.chromaprep.output.film.Manifest;
import org.chromaprep.output.film.ManifestFile;
import org.chromaprep.video.Rational;
import org.chromaprep.video.Timecode;

/**
 * A film's scenes, as its ledger has them.
 *
 * @param folder the film's
 * @param manifest what else is known of it
 * @param scenes in order
 */
public record FilmScenes(Path folder, Manifest manifest, List<Scene> scenes) {
    private static final Rational USUAL_RATE = new Rational(25, 1);

    /**
     * What lies between two cuts.
     *
     * @param number from 0
     * @param first frame
     * @param end the frame after its last
     * @param start in seconds of film
     * @param stop where its last frame ends, in seconds of film
     * @param code of its first frame: the film's own, or counted from 00:00:00:00 where it has none
     */
    public record Scene(int number, long first, long end, double start, double stop, Timecode code) {}

    /** The scene that is being read. */
    private static final class Reading {
        private final Rational rate;
        private final List<Scene> scenes = new ArrayList<>();
        private Optional<LedgerLine> first = Optional.empty();
        private Optional<LedgerLine> last = Optional.empty();

        Reading(Rational rate) {
            this.rate = rate;
        }

        void take(LedgerLine line) {
            if (line.frame().isEmpty() || line.scene().isEmpty() || line.time().isEmpty()) {
                return;
            }
            if (first.isPresent() && !first.get().scene().equals(line.scene())) {
                end(line.time().get());
                first = Optional.empty();
            }
            first = first.or(() -> Optional.of(line));
            last = Optional.of(line);
        }

        void end(double stop) {
            first.ifPresent(line -> scenes.add(new Scene(
                    line.scene().orElseThrow(),
                    line.frame().orElseThrow(),
                    last.orElseThrow().frame().orElseThrow() + 1,
                    line.time().orElseThrow(),
                    stop,
                    code(line))));
        }

        private Timecode code(LedgerLine line) {
            return line.timecode()
                    .flatMap(text -> Timecode.of(rate, text))
                    .orElseGet(() -> new Timecode(
                            Math.max(1, (int) Math.round(rate.value())),
                            false,
                            Math.round(line.time().orElseThrow() * rate.value())));
        }

        List<Scene> whole() {
            last.ifPresent(line -> end(line.time().orElseThrow() + 1 / rate.value()));
            return List.copyOf(scenes);
        }
    }

    /**
     * The finished films of an output folder, in the order of their names.
     *
     * @throws OutputException if the folder, or a film in it, cannot be read, or it holds no finished film
     */
    public static List<FilmScenes> all(Path out) throws OutputException {
        var films = new ArrayList<FilmScenes>();
        try (var folders = Files.list(out)) {
            for (var folder : folders.filter(each -> Files.exists(each.resolve(Manifest.FILE)))
                    .sorted()
                    .toList()) {
                var manifest = ManifestFile.read(folder);
                if (manifest.complete()) {
                    films.add(of(folder, manifest));
                }
            }
        } catch (IOException e) {
            throw new OutputException(
                    "The folder " + out + " cannot be read (" + e.getMessage() + "); check the path.", e);
        }
        if (films.isEmpty()) {
            throw new OutputException(
                    "The folder " + out + " holds no finished film; name a folder that process has written.");
        }
        return films;
    }

    private static FilmScenes of(Path folder, Manifest manifest) throws IOException, OutputException {
        var reading = new Reading(rate(manifest));
        try (MappingIterator<LedgerLine> lines = LedgerLines.read(folder)) {
            while (lines.hasNextValue()) {
                reading.take(lines.nextValue());
            }
        }
        return new FilmScenes(folder, manifest, reading.whole());
    }

    /** The name of the film's folder. */
    public String name() {
        return folder.getFileName().toString();
    }

    /** Frames a second on average. */
    public double rate() {
        return rate(manifest).value();
    }

    /** The film's frame that is shown at a second, counted from 0 at its rate. */
    long frame(double seconds) {
        return Math.round(seconds * rate());
    }

    private static Rational rate(Manifest manifest) {
        var parts = manifest.source().rate().split("/");
        var rate = new Rational(Integer.parseInt(parts[0]), parts.length > 1 ? Integer.parseInt(parts[1]) : 1);
        return rate.numerator() > 0 ? rate : USUAL_RATE;
    }

    /** From the first frame to the end of the last, in seconds. */
    public double duration() {
        return scenes.isEmpty()
                ? 0
                : scenes.get(scenes.size() - 1).stop() - scenes.get(0).start();
    }
}

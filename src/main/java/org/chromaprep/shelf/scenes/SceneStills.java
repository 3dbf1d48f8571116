package org.chromaprep.shelf.scenes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Failures;
import org.chromaprep.files.OutputException;
import org.chromaprep.shelf.scenes.FilmScenes.Scene;
import org.chromaprep.video.DecoderChoice;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.ReadingOptions;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.VideoSource;
import org.chromaprep.video.scale.ThumbnailScaler;
import org.chromaprep.video.source.Deinterlacer;
import org.chromaprep.video.source.FieldWay;
import org.chromaprep.video.source.Sources;

/**
 * Writes one frame of each scene of a film, read from the film itself: the one whose thumbnail is nearest, by squared differences of
 * luma, to the mean of the scene's thumbnails, so that neither a fade nor whatever passes stands for the scene. Reads the film twice,
 * without the network. Stateless.
 */
public final class SceneStills {
    /** Columns, and rows, of thumbnails. */
    private static final int SIDE = 16;

    private SceneStills() {}

    /** What each frame of the scene looks like. */
    private static final class Candidates {
        private final List<Long> frames = new ArrayList<>();
        private final List<byte[]> thumbnails = new ArrayList<>();

        void add(long frame, byte[] thumbnail) {
            frames.add(frame);
            thumbnails.add(thumbnail);
        }

        /** The frame nearest to the mean; the first of several. */
        long nearest() {
            var mean = new double[SIDE * SIDE];
            for (var thumbnail : thumbnails) {
                for (var i = 0; i < mean.length; i++) {
                    mean[i] += (double) (thumbnail[i] & 0xFF) / thumbnails.size();
                }
            }
            var best = 0;
            var least = Double.POSITIVE_INFINITY;
            for (var i = 0; i < thumbnails.size(); i++) {
                var distance = distance(thumbnails.get(i), mean);
                if (distance < least) {
                    least = distance;
                    best = i;
                }
            }
            return frames.get(best);
        }

        private static double distance(byte[] thumbnail, double[] mean) {
            var sum = 0.0;
            for (var i = 0; i < mean.length; i++) {
                var difference = (thumbnail[i] & 0xFF) - mean[i];
                sum += difference * difference;
            }
            return sum;
        }
    }

    /** What is done with a frame. */
    private interface Visitor {
        void frame(long index, Picture picture) throws IOException;
    }

    /**
     * Writes {@code NAME/0001.png} and so on, numbered as the scenes in the lists. Those that are there already are replaced.
     *
     * @param input the film, whose content the caller has compared with what the output folder says
     * @param folder where {@code NAME} is made
     * @return how many were written; fewer than scenes where the file no longer has all frames
     * @throws SourceException if the film cannot be read
     * @throws OutputException if a still cannot be written
     */
    public static int write(FilmScenes film, SourceInput input, Path folder) throws SourceException, OutputException {
        var stills = folder.resolve(film.name());
        try {
            Files.createDirectories(stills);
            var chosen = choose(film, input);
            read(film, input, (index, picture) -> {
                if (chosen.containsKey(index)) {
                    var name = String.format(Locale.ROOT, "%04d.png", chosen.get(index) + 1);
                    DurableFiles.replace(stills.resolve(name), StillPicture.png(picture));
                }
            });
            return chosen.size();
        } catch (IOException e) {
            throw Failures.writing(stills, e);
        }
    }

    /** The number of the scene that a frame stands for, by frames. */
    private static Map<Long, Integer> choose(FilmScenes film, SourceInput input) throws SourceException, IOException {
        var chosen = new TreeMap<Long, Integer>();
        var scenes = new TreeMap<Long, Scene>();
        film.scenes().forEach(scene -> scenes.put(scene.first(), scene));
        var candidates = new TreeMap<Integer, Candidates>();
        try (var scaler = new ThumbnailScaler(SIDE, Optional.empty())) {
            read(film, input, (index, picture) -> {
                var scene = Optional.ofNullable(scenes.floorEntry(index))
                        .map(Map.Entry::getValue)
                        .filter(each -> index < each.end());
                if (scene.isPresent()) {
                    var number = scene.get().number();
                    settle(candidates, number, chosen);
                    var thumbnail = new byte[SIDE * SIDE];
                    scaler.scale(picture, thumbnail);
                    candidates.computeIfAbsent(number, key -> new Candidates()).add(index, thumbnail);
                }
            });
        }
        settle(candidates, Integer.MAX_VALUE, chosen);
        return chosen;
    }

    // Only the scene being read is kept.
    private static void settle(TreeMap<Integer, Candidates> candidates, int before, Map<Long, Integer> chosen) {
        var over = candidates.headMap(before);
        over.forEach((number, each) -> chosen.put(each.nearest(), number));
        over.clear();
    }

    private static void read(FilmScenes film, SourceInput input, Visitor visitor) throws SourceException, IOException {
        try (var opened = Sources.open(input, SourceOptions.DEFAULT.with(reading(film)));
                VideoSource source = Deinterlacer.of(opened, fields(film));
                var picture = new Picture()) {
            for (var read = source.read(picture); !(read instanceof EndOfStream); read = source.read(picture)) {
                if (read instanceof FrameRead frame) {
                    visitor.frame(frame.time().index(), picture);
                }
            }
        }
    }

    // The track that the run read.
    private static ReadingOptions reading(FilmScenes film) {
        var track = Optional.ofNullable(film.manifest().settings().get("video-track"));
        return new ReadingOptions(
                ReadingOptions.DEFAULT.light(),
                track.map(number -> OptionalInt.of(Integer.parseInt(number))).orElse(OptionalInt.empty()),
                Optional.empty(),
                DecoderChoice.SOFTWARE);
    }

    // As the run made them whole.
    private static Optional<FieldWay> fields(FilmScenes film) {
        var interlaced = film.manifest().source().measured().getOrDefault("interlaced", "no");
        return Stream.of(FieldWay.values())
                .filter(way -> interlaced.endsWith(", made whole " + way.label()))
                .findFirst();
    }
}

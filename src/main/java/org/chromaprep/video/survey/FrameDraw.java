package org.chromaprep.video.survey;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.VideoSource;
import org.chromaprep.video.source.FilmSearch;
import org.chromaprep.video.source.Sources;

/**
 * Draws some frames of a film by chance, from all over it where it can be searched, otherwise from its first minute. The same
 * film, part and seed give the same frames. Interlaced frames are taken as they are. Stateless.
 */
public final class FrameDraw {
    private static final int LONGEST = 1500;

    /**
     * The part of a film that is drawn from.
     *
     * @param start its first second
     * @param end the second behind it; infinity for all the rest
     */
    public record Part(double start, double end) {}

    private record Drawn<T>(long frame, T content) {}

    private FrameDraw() {}

    /**
     * Draws frames.
     *
     * @param wanted how many, at least 1; a film that has fewer gives all
     * @param cancelled asked between frames
     * @param content what to keep of a frame; asked about some that are given up again
     * @return what was kept of each frame, in the film's order
     * @throws SourceException if the film cannot be opened or read
     */
    public static <T> List<T> draw(
            SourceInput input,
            SourceOptions options,
            Part part,
            int wanted,
            long seed,
            BooleanSupplier cancelled,
            Function<Picture, T> content)
            throws SourceException {
        try (var source = Sources.open(input, options)) {
            var seconds = source.info().durationSeconds().orElse(0);
            var length = Math.min(part.end(), seconds) - part.start();
            if (input.localFile().isPresent() && length > SurveyFrames.SHORT_SECONDS) {
                return searched(
                        input.localFile().get(),
                        options,
                        source.info(),
                        part.start(),
                        length,
                        wanted,
                        new SplittableRandom(seed),
                        cancelled,
                        content);
            }
            return read(source, part, wanted, new SplittableRandom(seed), cancelled, content);
        }
    }

    // One time from each of as many stretches of equal length.
    private static <T> List<T> searched(
            Path film,
            SourceOptions options,
            SourceInfo info,
            double start,
            double length,
            int wanted,
            SplittableRandom random,
            BooleanSupplier cancelled,
            Function<Picture, T> content) {
        var drawn = new ArrayList<T>();
        try (var picture = new Picture()) {
            for (var i = 0; i < wanted && !cancelled.getAsBoolean(); i++) {
                var seconds = start + length * (i + random.nextDouble()) / wanted;
                if (FilmSearch.read(film, options, info, seconds, true, picture)) {
                    drawn.add(content.apply(picture));
                }
            }
        }
        return drawn;
    }

    // Each frame draws a number, and those with the least ones stay: nobody needs to know how many frames there are.
    private static <T> List<T> read(
            VideoSource source,
            Part part,
            int wanted,
            SplittableRandom random,
            BooleanSupplier cancelled,
            Function<Picture, T> content)
            throws SourceException {
        var least = new TreeMap<Long, Drawn<T>>();
        try (var picture = new Picture()) {
            var frames = 0L;
            while (frames < LONGEST && !cancelled.getAsBoolean()) {
                var result = source.read(picture);
                if (result instanceof EndOfStream) {
                    break;
                }
                if (!(result instanceof FrameRead read) || read.time().seconds() < part.start()) {
                    continue;
                }
                if (read.time().seconds() >= part.end()) {
                    break;
                }
                var number = random.nextLong();
                if (least.size() < wanted || number < least.lastKey()) {
                    least.put(number, new Drawn<>(frames, content.apply(picture)));
                }
                if (least.size() > wanted) {
                    least.pollLastEntry();
                }
                frames++;
            }
        }
        return least.values().stream()
                .sorted((one, other) -> Long.compare(one.frame(), other.frame()))
                .map(Drawn::content)
                .toList();
    }
}

package org.chromaprep.video;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.LostFrame;
import org.chromaprep.video.scale.ColourScaler;
import org.chromaprep.video.scale.GreyScaler;
import org.chromaprep.video.source.FilmFile;
import org.chromaprep.video.source.Sources;

/** A film as tests see it: every frame's time, and its luma and colours at one size. */
public record Watched(
        SourceInfo info, List<FrameTime> times, List<byte[]> luma, List<int[]> colours, List<LostFrame> lost) {
    /** Reads a whole film at its own size. */
    public static Watched film(Path file) throws SourceException {
        return of(new FilmFile(file));
    }

    public static Watched of(SourceInput input) throws SourceException {
        try (var source = Sources.open(input, SourceOptions.DEFAULT)) {
            return watch(source, source.info().width(), source.info().height(), Fit.STRETCH);
        }
    }

    public static Watched film(Path file, int width, int height, Fit fit) throws SourceException {
        try (var source = Sources.open(new FilmFile(file), SourceOptions.DEFAULT)) {
            return watch(source, width, height, fit);
        }
    }

    private static Watched watch(VideoSource source, int width, int height, Fit fit) throws SourceException {
        var watched =
                new Watched(source.info(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try (var picture = new Picture();
                var grey = new GreyScaler(width, height, fit);
                var colour = ColourScaler.exact(width, height)) {
            for (var read = source.read(picture); !(read instanceof EndOfStream); read = source.read(picture)) {
                if (read instanceof LostFrame frame) {
                    watched.lost.add(frame);
                    continue;
                }
                var luma = new byte[width * height];
                var rgb = new int[width * height];
                grey.scale(picture, luma);
                colour.scale(picture, rgb);
                watched.times.add(picture.time());
                watched.luma.add(luma);
                watched.colours.add(rgb);
            }
        }
        return watched;
    }

    /** A frame's luma as numbers of 0..255. */
    public int[] grey(int frame) {
        var bytes = luma.get(frame);
        var numbers = new int[bytes.length];
        for (var i = 0; i < bytes.length; i++) {
            numbers[i] = bytes[i] & 0xFF;
        }
        return numbers;
    }

    public List<Long> stamps() {
        return times.stream().map(time -> time.pts().orElseThrow()).toList();
    }

    public List<Double> seconds() {
        return times.stream().map(FrameTime::seconds).toList();
    }
}

package org.chromaprep.bench;

import java.nio.file.Path;
import java.util.List;
import org.chromaprep.video.Fit;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.encode.EncodingException;
import org.chromaprep.video.scale.GreyScaler;
import org.chromaprep.video.source.FilmFile;
import org.chromaprep.video.source.Sources;

/** Decoding, scaling and encoding 640x360 in H.264. */
final class VideoSection implements Section {
    private static final int FRAMES = 96;

    @Override
    public String name() {
        return "video";
    }

    @Override
    public List<Figure> measure() throws Exception {
        try (var folder = new TemporaryFolder()) {
            var encoding = encoding(folder.path(), "h264");
            var decoding = decode(Clip.film(folder.path(), FRAMES), SourceOptions.DEFAULT);
            return List.of(
                    new Figure(name(), "encoding 640x360 h264, 1 thread", encoding, "ms/frame"),
                    new Figure(name(), "decoding 640x360 h264", decoding[0] / 1e6 / FRAMES, "ms/frame"),
                    new Figure(name(), "luma at 224x224", decoding[1] / 1e6 / FRAMES, "ms/frame"));
        }
    }

    /**
     * Milliseconds that encoding takes a frame.
     *
     * @throws EncodingException if the encoder is not there
     */
    static double encoding(Path folder, String codec) throws EncodingException {
        var pixels = new int[Clip.WIDTH * Clip.HEIGHT];
        var begin = System.nanoTime();
        for (var frame = 0; frame < FRAMES; frame++) {
            Clip.paint(pixels, frame);
        }
        var painting = System.nanoTime() - begin;
        begin = System.nanoTime();
        Clip.write(folder.resolve(codec + ".nut"), FRAMES, codec);
        return (System.nanoTime() - begin - painting) / 1e6 / FRAMES;
    }

    /** Milliseconds that decoding takes a frame. */
    static double decoding(Path folder, SourceOptions options) throws Exception {
        return decode(Clip.film(folder, FRAMES), options)[0] / 1e6 / FRAMES;
    }

    private static long[] decode(Path film, SourceOptions options) throws Exception {
        var luma = new byte[Workload.SIZE * Workload.SIZE];
        var nanos = new long[2];
        try (var source = Sources.open(new FilmFile(film), options);
                var picture = new Picture();
                var scaler = new GreyScaler(Workload.SIZE, Workload.SIZE, Fit.STRETCH)) {
            var begin = System.nanoTime();
            while (source.read(picture) instanceof FrameRead) {
                nanos[0] += System.nanoTime() - begin;
                begin = System.nanoTime();
                scaler.scale(picture, luma);
                nanos[1] += System.nanoTime() - begin;
                begin = System.nanoTime();
            }
        }
        return nanos;
    }
}

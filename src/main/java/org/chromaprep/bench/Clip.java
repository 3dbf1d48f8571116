package org.chromaprep.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chromaprep.video.Rational;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.encode.EncodingException;
import org.chromaprep.video.encode.JoinPlan;
import org.chromaprep.video.encode.VideoJoiner;
import org.chromaprep.video.encode.VideoWriter;

/** A film that is made to be measured with: a grey pattern that moves, with grain, in H.264. */
final class Clip {
    static final int WIDTH = 640;
    static final int HEIGHT = 360;
    private static final Rational RATE = new Rational(24, 1);
    private static final Rational TICK = new Rational(1, 24);

    private Clip() {}

    static EncoderSettings settings() {
        return settings("h264");
    }

    private static EncoderSettings settings(String codec) {
        return new EncoderSettings(codec, WIDTH, HEIGHT, TICK, RATE, 1);
    }

    /** Writes a clip of so many frames, as one segment. */
    static void write(Path segment, int frames) throws EncodingException {
        write(segment, frames, "h264");
    }

    /** As the other method, by an encoder. */
    static void write(Path segment, int frames, String codec) throws EncodingException {
        var pixels = new int[WIDTH * HEIGHT];
        try (var writer = VideoWriter.open(segment, settings(codec))) {
            for (var frame = 0; frame < frames; frame++) {
                paint(pixels, frame);
                writer.write(pixels, frame);
            }
            writer.finish();
        }
    }

    /** Paints one frame, which differs from every other. */
    static void paint(int[] pixels, int frame) {
        var noise = frame * 0x9E3779B9 | 1;
        for (var i = 0; i < pixels.length; i++) {
            var x = i % WIDTH + 3 * frame;
            var y = i / WIDTH;
            noise ^= noise << 13;
            noise ^= noise >>> 17;
            noise ^= noise << 5;
            var square = (x / 80 + y / 60) % 2 == 0 ? 70 : 160;
            var grey = square + (x * y >> 9) % 40 + (noise & 7);
            pixels[i] = grey << 16 | grey << 8 | grey;
        }
    }

    /** A film of so many frames in a file of its own. */
    static Path film(Path folder, int frames) throws Exception {
        var segment = folder.resolve("clip.nut");
        write(segment, frames);
        var film = folder.resolve("clip.mp4");
        VideoJoiner.join(
                new JoinPlan(
                        List.of(segment),
                        frames,
                        settings(),
                        OptionalLong.of(0),
                        OptionalLong.empty(),
                        Optional.empty(),
                        film,
                        "mp4"),
                () -> false);
        Files.delete(segment);
        return film;
    }
}

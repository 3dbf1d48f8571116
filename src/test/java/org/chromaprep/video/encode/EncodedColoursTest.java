package org.chromaprep.video.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chromaprep.video.Rational;
import org.chromaprep.video.Watched;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is painted is what a player shows that goes by the film's tags. */
@Tag("slow")
class EncodedColoursTest {
    private static final int PATCH = 32;
    private static final int[] COLOURS = {0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442, 0x0072B2, 0xD55E00, 0x000000, 0xFFFFFF
    };
    /** Eight bits of luma and chroma, and an encoder that loses a little. */
    private static final int NEAR = 6;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "h264, mp4, yuv420p, bt709, false",
        "mpeg4, mp4, yuv420p, bt709, false",
        "mpeg2video, ts, yuv420p, bt709, false",
        "mjpeg, mkv, yuvj420p, bt601, true",
        "mjpeg, mov, yuvj420p, bt601, true",
        "mjpeg, avi, yuvj420p, bt601, true",
        "vp9, webm, yuv420p, bt709, false",
        "av1, mkv, yuv420p, bt709, false",
        "ffv1, mkv, bgr0, rgb, true",
        "png, mov, rgb24, rgb, true",
        "prores, mov, yuv422p10le, bt709, false",
        "prores_ks, mov, yuv422p10le, bt709, false"
    })
    void everyCodecKeepsTheColours(String codec, String container, String pixels, String matrix, boolean full)
            throws Exception {
        var width = PATCH * COLOURS.length;
        var settings = new EncoderSettings(codec, width, 128, new Rational(1, 25), new Rational(25, 1), 1);
        var segment = folder.resolve("segment.nut");
        var rgb = new int[width * 128];
        Arrays.setAll(rgb, i -> COLOURS[i % width / PATCH]);
        try (var writer = VideoWriter.open(segment, settings)) {
            writer.write(rgb, 0);
            writer.write(rgb, 1);
            writer.finish();
        }
        var out = folder.resolve("film." + container);
        VideoJoiner.join(new JoinPlan(
                List.of(segment),
                2,
                settings,
                OptionalLong.of(0),
                OptionalLong.empty(),
                Optional.empty(),
                out,
                container));
        var film = Watched.film(out);

        assertThat(film.info().pixelFormat()).isEqualTo(pixels);
        assertThat(film.info().colourMatrix()).isEqualTo(matrix);
        assertThat(film.info().fullRange()).isEqualTo(full);
        for (var patch = 0; patch < COLOURS.length; patch++) {
            var shown = film.colours().get(1)[64 * width + patch * PATCH + PATCH / 2];
            for (var shift = 0; shift <= 16; shift += 8) {
                assertThat(shown >> shift & 0xFF)
                        .as("colour %06x came as %06x", COLOURS[patch], shown)
                        .isCloseTo(COLOURS[patch] >> shift & 0xFF, within(NEAR));
            }
        }
    }
}

package org.chromaprep.video.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import org.chromaprep.video.Picture;
import org.chromaprep.video.Rational;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.encode.VideoWriter;
import org.chromaprep.video.source.FilmFile;
import org.chromaprep.video.source.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColourScalerTest {
    private static final int PATCH = 32;
    private static final int HEIGHT = 64;
    private static final int SHOWN_PATCH = 20;
    private static final int SHOWN_HEIGHT = 40;
    private static final int[] COLOURS = {0xE69F00, 0x56B4E9, 0x009E73, 0x0072B2, 0x202020, 0x808080, 0xE0E0E0, 0xFFFFFF
    };
    private static final int NEAR = 6;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"h264", "vp9", "ffv1"})
    void bothScalersShrinkAPatchToItsOwnColour(String codec) throws Exception {
        var shown = COLOURS.length * SHOWN_PATCH;
        try (var exact = ColourScaler.exact(shown, SHOWN_HEIGHT);
                var quick = ColourScaler.quick(shown, SHOWN_HEIGHT)) {
            assertColours(scaled(exact, codec));
            assertColours(scaled(quick, codec));
        }
    }

    @Test
    void aSideBelowOneIsRefused() {
        assertThatThrownBy(() -> ColourScaler.quick(0, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0x5");
    }

    private int[] scaled(ColourScaler scaler, String codec) throws Exception {
        var width = PATCH * COLOURS.length;
        var settings = new EncoderSettings(codec, width, HEIGHT, new Rational(1, 25), new Rational(25, 1), 1);
        var painted = new int[width * HEIGHT];
        Arrays.setAll(painted, i -> COLOURS[i % width / PATCH]);
        var film = folder.resolve(codec + ".nut");
        try (var writer = VideoWriter.open(film, settings)) {
            writer.write(painted, 0);
            writer.finish();
        }
        var rgb = new int[COLOURS.length * SHOWN_PATCH * SHOWN_HEIGHT];
        try (var source = Sources.open(new FilmFile(film), SourceOptions.DEFAULT);
                var picture = new Picture()) {
            source.read(picture);
            scaler.scale(picture, rgb);
        }
        return rgb;
    }

    private static void assertColours(int[] rgb) {
        for (var patch = 0; patch < COLOURS.length; patch++) {
            var colour = rgb[(SHOWN_HEIGHT / 2 * COLOURS.length + patch) * SHOWN_PATCH + SHOWN_PATCH / 2];
            for (var shift = 0; shift <= 16; shift += 8) {
                assertThat(colour >> shift & 0xFF)
                        .as("colour %06x came as %06x", COLOURS[patch], colour)
                        .isCloseTo(COLOURS[patch] >> shift & 0xFF, within(NEAR));
            }
        }
    }
}

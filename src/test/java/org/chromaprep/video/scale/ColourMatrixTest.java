package org.chromaprep.video.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.FixtureFilm;
import org.chromaprep.video.Watched;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Colours are those that the film's matrix and range give in double precision, by the standards' own formulas. */
class ColourMatrixTest {
    /** The scaler counts in fixed point; no channel is further from the real number than this. */
    private static final double NEAR = 1.3;

    @TempDir
    private Path folder;

    private static double[] weights(String matrix) {
        return switch (matrix) {
            case "bt709" -> new double[] {0.2126, 0.0722};
            case "bt2020" -> new double[] {0.2627, 0.0593};
            case "smpte240m" -> new double[] {0.212, 0.087};
            default -> new double[] {0.299, 0.114};
        };
    }

    /** R, G and B of 0..255 by the definition of luma and colour differences, cut off at both ends. */
    private static double[] rgb(int y, int cb, int cr, int depth, String matrix, boolean full) {
        var unit = 1 << depth - 8;
        var most = (1 << depth) - 1.0;
        var luma = full ? y / most : (y - 16.0 * unit) / (219 * unit);
        var blueness = (cb - 128.0 * unit) / (full ? most : 224 * unit);
        var redness = (cr - 128.0 * unit) / (full ? most : 224 * unit);
        var kr = weights(matrix)[0];
        var kb = weights(matrix)[1];
        var red = luma + 2 * (1 - kr) * redness;
        var blue = luma + 2 * (1 - kb) * blueness;
        var green = (luma - kr * red - kb * blue) / (1 - kr - kb);
        return new double[] {cut(red), cut(green), cut(blue)};
    }

    private static double cut(double share) {
        return 255 * Math.max(0, Math.min(1, share));
    }

    private static double furthest(int[] colours, int[][] stored, int depth, String matrix, boolean full) {
        var furthest = 0.0;
        for (var pixel = 0; pixel < colours.length; pixel++) {
            var wanted = rgb(stored[0][pixel], stored[1][pixel], stored[2][pixel], depth, matrix, full);
            for (var channel = 0; channel < 3; channel++) {
                var got = colours[pixel] >> 16 - 8 * channel & 0xFF;
                furthest = Math.max(furthest, Math.abs(got - wanted[channel]));
            }
        }
        return furthest;
    }

    /** Planes of random colours, by the same definition. */
    private static int[][] random(int pixels, int depth, String matrix, boolean full) {
        var random = new Random(5);
        var unit = 1 << depth - 8;
        var most = (1 << depth) - 1.0;
        var kr = weights(matrix)[0];
        var kb = weights(matrix)[1];
        var planes = new int[3][pixels];
        for (var pixel = 0; pixel < pixels; pixel++) {
            var red = random.nextDouble();
            var blue = random.nextDouble();
            var luma = kr * red + kb * blue + (1 - kr - kb) * random.nextDouble();
            planes[0][pixel] = (int) Math.round(full ? luma * most : (16 + 219 * luma) * unit);
            var span = full ? most : 224 * unit;
            planes[1][pixel] = (int) Math.min(most, Math.round(128 * unit + span * (blue - luma) / (2 * (1 - kb))));
            planes[2][pixel] = (int) Math.min(most, Math.round(128 * unit + span * (red - luma) / (2 * (1 - kr))));
        }
        return planes;
    }

    @ParameterizedTest
    @CsvSource({
        "bt601, 6, yuv444p, 8, limited", "bt601, 5, yuv444p, 8, full", "bt709, 1, yuv444p, 8, limited",
        "bt709, 1, yuv444p, 8, full", "bt709, 1, yuv444p10le, 10, limited", "bt601, 6, yuv444p10le, 10, full",
        "bt2020, 9, yuv444p10le, 10, limited", "smpte240m, 7, yuv444p, 8, limited"
    })
    void coloursFollowTheMatrixAndTheRangeThatAreTold(String matrix, int code, String format, int depth, String range)
            throws Exception {
        var full = range.equals("full");
        var stored = random(48 * 48, depth, matrix, full);
        var film = Watched.film(new FixtureFilm(format, 48, 48)
                .colours(code, full ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG)
                .write(folder.resolve("film.mkv"), (frame, plane, x, y) -> stored[plane][y * 48 + x]));

        assertThat(film.info().colourMatrix()).isEqualTo(matrix);
        assertThat(film.info().fullRange()).isEqualTo(full);
        assertThat(furthest(film.colours().get(0), stored, depth, matrix, full)).isLessThan(NEAR);
    }

    @ParameterizedTest
    @CsvSource({"1278, 8, bt601", "1280, 8, bt709", "8, 576, bt601", "8, 577, bt709"})
    void whereNoMatrixIsToldTheSizeDecides(int width, int height, String matrix) throws Exception {
        var stored = random(width * height, 8, matrix, false);
        var film = Watched.film(new FixtureFilm("yuv444p", width, height)
                .write(folder.resolve("film.mkv"), (frame, plane, x, y) -> stored[plane][y * width + x]));

        assertThat(film.info().colourMatrix()).isEqualTo(matrix);
        assertThat(furthest(film.colours().get(0), stored, 8, matrix, false)).isLessThan(NEAR);
    }
}

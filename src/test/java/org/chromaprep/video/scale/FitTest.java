package org.chromaprep.video.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Random;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.Fit;
import org.chromaprep.video.FixtureFilm;
import org.chromaprep.video.Watched;
import org.chromaprep.video.encode.EncodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures of any size are fitted as a triangle filter in double precision fits them, and turned as they say. */
class FitTest {
    /** The scaler rounds its weights and the rows in between. */
    private static final double NEAR = 1.01;
    /** It mixes the first row and column with weights that are wrong by a twentieth. */
    private static final double NEAR_AT_THE_EDGE = 0.05 * 255;

    @TempDir
    private Path folder;

    private record Size(int width, int height) {}

    private Path film(int width, int height, int[] grey) throws EncodingException {
        return new FixtureFilm("gray", width, height)
                .colours(avutil.AVCOL_SPC_UNSPECIFIED, avutil.AVCOL_RANGE_JPEG)
                .write(folder.resolve("film.mkv"), (frame, plane, x, y) -> grey[y * width + x]);
    }

    private static int[] noise(int width, int height) {
        return new Random(width * 1000L + height)
                .ints((long) width * height, 0, 256)
                .toArray();
    }

    /** One line resized: a triangle as wide as an output pixel, or an input pixel where that is wider; edges go on. */
    private static double[] resized(double[] line, int length) {
        var scale = (double) line.length / length;
        var reach = Math.max(1, scale);
        var to = new double[length];
        for (var i = 0; i < length; i++) {
            var centre = (i + 0.5) * scale - 0.5;
            var sum = 0.0;
            for (var j = (int) Math.floor(centre - reach); j <= centre + reach; j++) {
                var weight = Math.max(0, 1 - Math.abs(j - centre) / reach);
                to[i] += weight * line[Math.max(0, Math.min(line.length - 1, j))];
                sum += weight;
            }
            to[i] /= sum;
        }
        return to;
    }

    private static double[][] resized(double[][] rows, Size size) {
        var wide = new double[rows.length][];
        for (var y = 0; y < rows.length; y++) {
            wide[y] = resized(rows[y], size.width());
        }
        var to = new double[size.height()][size.width()];
        for (var x = 0; x < size.width(); x++) {
            var column = new double[rows.length];
            for (var y = 0; y < rows.length; y++) {
                column[y] = wide[y][x];
            }
            var high = resized(column, size.height());
            for (var y = 0; y < size.height(); y++) {
                to[y][x] = high[y];
            }
        }
        return to;
    }

    /** The middle of a grey picture. */
    private static double[][] middle(int[] grey, Size all, Size part) {
        var left = (all.width() - part.width()) / 2;
        var top = (all.height() - part.height()) / 2;
        var rows = new double[part.height()][part.width()];
        for (var y = 0; y < part.height(); y++) {
            for (var x = 0; x < part.width(); x++) {
                rows[y][x] = grey[(top + y) * all.width() + left + x];
            }
        }
        return rows;
    }

    private static void assertNear(byte[] luma, double[][] picture, Size canvas) {
        var left = (canvas.width() - picture[0].length) / 2;
        var top = (canvas.height() - picture.length) / 2;
        for (var y = 0; y < canvas.height(); y++) {
            for (var x = 0; x < canvas.width(); x++) {
                var inside = y >= top && y < top + picture.length && x >= left && x < left + picture[0].length;
                var wanted = inside ? picture[y - top][x - left] : 0;
                assertThat((double) (luma[y * canvas.width() + x] & 0xFF))
                        .as("column %d, row %d", x, y)
                        .isCloseTo(wanted, within(x == left || y == top ? NEAR_AT_THE_EDGE : NEAR));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "64, 48, 32, 32",
        "45, 31, 32, 37",
        "33, 57, 40, 24",
        "7, 5, 32, 32",
        "1, 1, 32, 32",
        "4, 200, 33, 32",
        "640, 4, 32, 32",
        "32, 32, 32, 32"
    })
    void stretchingTakesTheWholePicture(int width, int height, int toWidth, int toHeight) throws Exception {
        var all = new Size(width, height);
        var canvas = new Size(toWidth, toHeight);
        var grey = noise(width, height);
        var luma = Watched.film(film(width, height, grey), toWidth, toHeight, Fit.STRETCH)
                .luma()
                .get(0);

        assertNear(luma, resized(middle(grey, all, all), canvas), canvas);
    }

    @Test
    void sidesOfLessThanFourPixelsAreRepeatedRatherThanMixed() throws Exception {
        var luma = Watched.film(film(2, 3, new int[] {10, 20, 30, 40, 50, 60}), 4, 6, Fit.STRETCH)
                .grey(0);

        assertThat(luma)
                .containsExactly(
                        10, 10, 20, 20, 10, 10, 20, 20, 30, 30, 40, 40, 30, 30, 40, 40, 50, 50, 60, 60, 50, 50, 60, 60);
    }

    @ParameterizedTest
    @CsvSource({
        "64, 48, 32, 32, 32, 24",
        "48, 64, 32, 32, 24, 32",
        "45, 31, 32, 37, 32, 22",
        "7, 5, 40, 32, 40, 29",
        "200, 16, 32, 32, 32, 3",
        "32, 32, 33, 32, 32, 32"
    })
    void aLetterboxKeepsTheShapeInTheMiddleOfBlack(
            int width, int height, int toWidth, int toHeight, int inWidth, int inHeight) throws Exception {
        var all = new Size(width, height);
        var grey = noise(width, height);
        var luma = Watched.film(film(width, height, grey), toWidth, toHeight, Fit.LETTERBOX)
                .luma()
                .get(0);

        assertNear(luma, resized(middle(grey, all, all), new Size(inWidth, inHeight)), new Size(toWidth, toHeight));
    }

    @ParameterizedTest
    @CsvSource({
        "64, 48, 32, 32, 48, 48",
        "48, 64, 32, 32, 48, 48",
        "45, 31, 32, 37, 27, 31",
        "7, 5, 40, 32, 6, 5",
        "200, 8, 32, 32, 8, 8",
        "33, 32, 32, 32, 32, 32"
    })
    void croppingTakesTheLargestMiddleOfTheWantedShape(
            int width, int height, int toWidth, int toHeight, int cutWidth, int cutHeight) throws Exception {
        var canvas = new Size(toWidth, toHeight);
        var grey = noise(width, height);
        var luma = Watched.film(film(width, height, grey), toWidth, toHeight, Fit.CROP)
                .luma()
                .get(0);

        assertNear(luma, resized(middle(grey, new Size(width, height), new Size(cutWidth, cutHeight)), canvas), canvas);
    }

    /** Where a stored pixel is shown, by the display matrix, moved to begin at 0. */
    private static int[] shown(int[] grey, Size stored, int a, int b, int c, int d) {
        var width = a != 0 ? stored.width() : stored.height();
        var height = a != 0 ? stored.height() : stored.width();
        var to = new int[grey.length];
        for (var y = 0; y < stored.height(); y++) {
            for (var x = 0; x < stored.width(); x++) {
                var column = a * x + c * y + (a + c < 0 ? width - 1 : 0);
                var row = b * x + d * y + (b + d < 0 ? height - 1 : 0);
                to[row * width + column] = grey[y * stored.width() + x];
            }
        }
        return to;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, 1, 0, false",
        "0, 1, -1, 0, 90, false",
        "-1, 0, 0, -1, 180, false",
        "0, -1, 1, 0, 270, false",
        "-1, 0, 0, 1, 0, true",
        "1, 0, 0, -1, 180, true",
        "0, 1, 1, 0, 270, true",
        "0, -1, -1, 0, 90, true"
    })
    void picturesAreShownAsTheirDisplayMatrixTurnsThem(int a, int b, int c, int d, int rotation, boolean mirrored)
            throws Exception {
        var stored = new Size(7, 5);
        var grey = noise(7, 5);
        var film = Watched.film(new FixtureFilm("gray", 7, 5)
                .codec("png", 0)
                .turned(a, b, c, d)
                .colours(avutil.AVCOL_SPC_UNSPECIFIED, avutil.AVCOL_RANGE_JPEG)
                .write(folder.resolve("film.mov"), (frame, plane, x, y) -> grey[y * 7 + x]));

        assertThat(film.info().width()).isEqualTo(a != 0 ? 7 : 5);
        assertThat(film.info().height()).isEqualTo(a != 0 ? 5 : 7);
        assertThat(film.grey(0)).containsExactly(shown(grey, stored, a, b, c, d));
        var colours = film.colours().get(0);
        for (var pixel = 0; pixel < colours.length; pixel++) {
            assertThat(colours[pixel]).isEqualTo(film.grey(0)[pixel] * 0x010101);
        }
        assertThat(film.info().rotation()).isEqualTo(rotation);
        assertThat(film.info().mirrored()).isEqualTo(mirrored);
    }

    @Test
    void turnedPicturesAreFittedAsTheyAreShown() throws Exception {
        var grey = noise(31, 20);
        var film = new FixtureFilm("gray", 31, 20)
                .codec("png", 0)
                .turned(0, 1, -1, 0)
                .colours(avutil.AVCOL_SPC_UNSPECIFIED, avutil.AVCOL_RANGE_JPEG)
                .write(folder.resolve("film.mov"), (frame, plane, x, y) -> grey[y * 31 + x]);
        var upright = shown(grey, new Size(31, 20), 0, 1, -1, 0);
        var whole = new Size(20, 31);
        var luma = Watched.film(film, 32, 32, Fit.LETTERBOX).luma().get(0);

        assertNear(luma, resized(middle(upright, whole, whole), new Size(21, 32)), new Size(32, 32));
    }
}

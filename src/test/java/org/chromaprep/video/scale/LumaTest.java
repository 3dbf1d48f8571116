package org.chromaprep.video.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.FixtureFilm;
import org.chromaprep.video.Watched;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every value that a pixel can have gives the luma that arithmetic on whole numbers gives. */
class LumaTest {
    private static final int COLOURS = 4096;

    @TempDir
    private Path folder;

    /** The nearest of 0..255, halves up, to a sample of limited or full range. */
    private static int luma(int sample, int depth, boolean full) {
        var black = full ? 0 : 16 << depth - 8;
        var span = full ? (1 << depth) - 1 : 219 << depth - 8;
        var share = Math.max(0, Math.min(span, sample - black));
        return (510 * share + span) / (2 * span);
    }

    private static int[] ramp(int depth, boolean full) {
        var values = new int[1 << depth];
        Arrays.setAll(values, value -> luma(value, depth, full));
        return values;
    }

    @ParameterizedTest
    @CsvSource({
        "gray, 8, full, full",
        "gray, 8, limited, limited",
        "gray, 8, untold, full",
        "gray10le, 10, untold, full",
        "gray10le, 10, limited, limited",
        "gray12le, 12, full, full",
        "yuv420p, 8, untold, limited",
        "yuv420p, 8, limited, limited",
        "yuv420p, 8, full, full",
        "yuv444p, 8, full, full",
        "yuva420p, 8, untold, limited",
        "yuv420p10le, 10, untold, limited",
        "yuv420p10le, 10, full, full",
        "yuv422p10le, 10, limited, limited",
        "yuv444p12le, 12, limited, limited"
    })
    void everyValueOfALumaPlaneIsWidenedToTheFullRange(String format, int depth, String told, String meant)
            throws Exception {
        var side = 1 << depth / 2;
        var range =
                switch (told) {
                    case "full" -> avutil.AVCOL_RANGE_JPEG;
                    case "limited" -> avutil.AVCOL_RANGE_MPEG;
                    default -> avutil.AVCOL_RANGE_UNSPECIFIED;
                };
        var random = new Random(1);
        var film = Watched.film(new FixtureFilm(format, side, side)
                .colours(avutil.AVCOL_SPC_UNSPECIFIED, range)
                .write(
                        folder.resolve("ramp.mkv"),
                        (frame, plane, x, y) -> plane == 0 ? y * side + x : random.nextInt(1 << depth)));

        assertThat(film.info().fullRange()).isEqualTo(meant.equals("full"));
        assertThat(film.grey(0)).containsExactly(ramp(depth, meant.equals("full")));
    }

    @ParameterizedTest
    @CsvSource({"420jpeg, untold, limited", "420, FULL, full", "444, LIMITED, limited", "mono, FULL, full"})
    void uncompressedFilmsAreReadByTheRangeTheyTell(String chroma, String told, String meant) throws Exception {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("YUV4MPEG2 W16 H16 F25:1 Ip A1:1 C" + chroma
                        + (told.equals("untold") ? "" : " XCOLORRANGE=" + told) + "\nFRAME\n")
                .getBytes(StandardCharsets.US_ASCII));
        for (var value = 0; value < 256; value++) {
            bytes.write(value);
        }
        bytes.writeBytes(new byte[chroma.equals("mono") ? 0 : chroma.equals("444") ? 512 : 128]);
        var film = Watched.film(Files.write(folder.resolve("film.y4m"), bytes.toByteArray()));

        assertThat(film.grey(0)).containsExactly(ramp(8, meant.equals("full")));
    }

    @Test
    void greyPicturesOfSixteenBitsAreRoundedToEight() throws Exception {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("P5\n256 256\n65535\n".getBytes(StandardCharsets.US_ASCII));
        for (var value = 0; value < 65536; value++) {
            bytes.write(value >> 8);
            bytes.write(value);
        }
        var film = Watched.film(Files.write(folder.resolve("picture.pgm"), bytes.toByteArray()));

        assertThat(film.grey(0)).containsExactly(ramp(16, true));
    }

    @Test
    void redGreenAndBlueAreWeighedAsBt601Does() throws Exception {
        var colours = new Random(2).ints(COLOURS, 0, 1 << 24).toArray();
        var picture = new BufferedImage(COLOURS, 1, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, COLOURS, 1, colours, 0, COLOURS);
        var file = folder.resolve("picture.png");
        ImageIO.write(picture, "png", file.toFile());

        var film = Watched.film(file);

        assertThat(film.colours().get(0)).containsExactly(colours);
        assertThat(film.grey(0)).containsExactly(weighed(colours, 299, 587, 114, 1000));
    }

    @Test
    void redGreenAndBlueAreWeighedAsBt709DoesWhereTheFilmSaysSo() throws Exception {
        var colours = new Random(3).ints(COLOURS, 0, 1 << 24).toArray();
        var film = Watched.film(new FixtureFilm("gbrp", 64, 64)
                .codec("utvideo", 0)
                .colours(avutil.AVCOL_SPC_BT709, avutil.AVCOL_RANGE_JPEG)
                .write(
                        folder.resolve("film.mkv"),
                        (frame, plane, x, y) -> colours[y * 64 + x] >> new int[] {8, 0, 16}[plane]));

        assertThat(film.colours().get(0)).containsExactly(colours);
        assertThat(film.grey(0)).containsExactly(weighed(colours, 2126, 7152, 722, 10_000));
    }

    private static int[] weighed(int[] colours, int red, int green, int blue, int sum) {
        return Arrays.stream(colours)
                .map(rgb -> red * (rgb >> 16) + green * (rgb >> 8 & 0xFF) + blue * (rgb & 0xFF))
                .map(tall -> (2 * tall + sum) / (2 * sum))
                .toArray();
    }
}

package org.chromaprep.video.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.chromaprep.video.CropArea;
import org.chromaprep.video.Fit;
import org.chromaprep.video.Framing;
import org.chromaprep.video.Picture;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.ffmpeg.ColourFacts;
import org.chromaprep.video.source.FilmFile;
import org.chromaprep.video.source.FilterGraph;
import org.chromaprep.video.source.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LabScalerTest {
    private static final int WIDTH = 48;
    private static final int HEIGHT = 32;

    @TempDir
    private Path folder;

    private record Lab(float[] lightness, float[] ab) {}

    private static Lab scaled(Picture picture, int width, int height, Framing framing) {
        var lab = new Lab(new float[width * height], new float[2 * width * height]);
        try (var scaler = new LabScaler(width, height, framing)) {
            scaler.scale(picture, lab.lightness(), lab.ab());
        }
        return lab;
    }

    private static Picture first(SourceInput input) throws SourceException {
        var picture = new Picture();
        try (var source = Sources.open(input, SourceOptions.DEFAULT)) {
            source.read(picture);
        }
        return picture;
    }

    private SourceInput still(int type) throws Exception {
        var random = new Random(3);
        var image = new BufferedImage(WIDTH, HEIGHT, type);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                image.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        var file = folder.resolve("still.png");
        ImageIO.write(image, "png", file.toFile());
        return new FilmFile(file);
    }

    @Test
    void stillsHaveTheColoursOfTheirEightBitNumbers() throws Exception {
        var input = still(BufferedImage.TYPE_INT_RGB);
        var image = ImageIO.read(folder.resolve("still.png").toFile());
        try (var picture = first(input)) {
            var lab = scaled(picture, WIDTH, HEIGHT, Framing.of(Fit.STRETCH));
            for (int i = 0; i < WIDTH * HEIGHT; i++) {
                var rgb = image.getRGB(i % WIDTH, i / WIDTH);
                var wanted = NaiveLab.of((rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
                assertThat((double) lab.lightness()[i]).isCloseTo(wanted[0], within(1e-4));
                assertThat((double) lab.ab()[2 * i]).isCloseTo(wanted[1], within(1e-4));
                assertThat((double) lab.ab()[2 * i + 1]).isCloseTo(wanted[2], within(1e-4));
            }
        }
    }

    @Test
    void coloursOfEightBitsAreWithinAHundredthOfScikitImages() throws Exception {
        var input = new FilmFile(SkimageLab.pictures(folder, 64).get(0));
        var wanted = SkimageLab.values();
        try (var picture = first(input)) {
            var lab = scaled(picture, 64, 64, Framing.of(Fit.STRETCH));
            for (int i = 0; i < 64 * 64; i++) {
                assertThat((double) lab.lightness()[i]).isCloseTo(wanted[3 * i], within(SkimageLab.NEAR));
                assertThat((double) lab.ab()[2 * i]).isCloseTo(wanted[3 * i + 1], within(SkimageLab.NEAR));
                assertThat((double) lab.ab()[2 * i + 1]).isCloseTo(wanted[3 * i + 2], within(SkimageLab.NEAR));
            }
        }
    }

    @Test
    void pureRedHasTheTextbooksLab() throws Exception {
        try (var picture = first(new FilterGraph("color=red:size=32x32,format=gbrp"))) {
            var lab = scaled(picture, 2, 2, Framing.of(Fit.STRETCH));
            assertThat(lab.lightness()[0]).isCloseTo(53.24f, within(0.01f));
            assertThat(lab.ab()[0]).isCloseTo(80.09f, within(0.01f));
            assertThat(lab.ab()[1]).isCloseTo(67.20f, within(0.01f));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "yuv420p, bt709, tv, 0.2126, 0.0722, 48, 32", "yuv420p, smpte170m, tv, 0.299, 0.114, 48, 32",
        "yuv420p, bt709, pc, 0.2126, 0.0722, 20, 15", "yuv444p, bt709, tv, 0.2126, 0.0722, 11, 40",
        "yuv422p, smpte170m, tv, 0.299, 0.114, 96, 64"
    })
    void filmsHaveTheColoursOfTheirMatrixAndRange(
            String format, String matrix, String range, double kr, double kb, int width, int height) throws Exception {
        var graph = "testsrc2=size=" + WIDTH + "x" + HEIGHT + ",scale=out_color_matrix=" + matrix + ":out_range="
                + range + ",format=" + format + ",setparams=colorspace=" + matrix + ":range=" + range;
        try (var picture = first(new FilterGraph(graph))) {
            var lab = scaled(picture, width, height, Framing.of(Fit.STRETCH));
            var stepX = format.equals("yuv444p") ? 1 : 2;
            var stepY = format.equals("yuv420p") ? 2 : 1;
            var black = range.equals("pc") ? 0 : 16;
            var span = range.equals("pc") ? 255.0 : 219.0;
            var chroma = range.equals("pc") ? 255.0 : 224.0;
            for (int i = 0; i < width * height; i++) {
                var x = (i % width + 0.5) * WIDTH / width;
                var y = (i / width + 0.5) * HEIGHT / height;
                var luma = (mean(picture, 0, x, y, (double) WIDTH / width, (double) HEIGHT / height) - black) / span;
                // Chroma lies at the left of the columns it stands for and between its rows.
                var cx = (x - 0.5) / stepX + 0.5;
                var cy = y / stepY;
                var reachX = (double) WIDTH / width / stepX;
                var reachY = (double) HEIGHT / height / stepY;
                var cb = (mean(picture, 1, cx, cy, reachX, reachY) - 128) / chroma;
                var cr = (mean(picture, 2, cx, cy, reachX, reachY) - 128) / chroma;
                var red = luma + 2 * (1 - kr) * cr;
                var blue = luma + 2 * (1 - kb) * cb;
                var green = (luma - kr * red - kb * blue) / (1 - kr - kb);
                var wanted = NaiveLab.of(clip(red), clip(green), clip(blue));
                assertThat((double) lab.lightness()[i]).isCloseTo(wanted[0], within(2e-3));
                assertThat((double) lab.ab()[2 * i]).isCloseTo(wanted[1], within(2e-3));
                assertThat((double) lab.ab()[2 * i + 1]).isCloseTo(wanted[2], within(2e-3));
            }
        }
    }

    private static double clip(double value) {
        return Math.max(0, Math.min(1, value));
    }

    /** A plane's triangle-weighted mean about a place, by summing over the whole plane. */
    private static double mean(Picture picture, int plane, double x, double y, double reachX, double reachY) {
        AVFrame frame = picture.frame();
        var format = ColourFacts.of(frame).formatName();
        var width = plane == 0 || format.equals("yuv444p") ? WIDTH : WIDTH / 2;
        var height = plane > 0 && format.equals("yuv420p") ? HEIGHT / 2 : HEIGHT;
        BytePointer data = frame.data(plane);
        var sum = 0.0;
        var weights = 0.0;
        for (int row = 0; row < height; row++) {
            var weightY = Math.max(0, 1 - Math.abs(row + 0.5 - y) / Math.max(1, reachY));
            for (int column = 0; column < width && weightY > 0; column++) {
                var weight = weightY * Math.max(0, 1 - Math.abs(column + 0.5 - x) / Math.max(1, reachX));
                if (weight > 0) {
                    sum += weight * (data.get((long) row * frame.linesize(plane) + column) & 255);
                    weights += weight;
                }
            }
        }
        return sum / weights;
    }

    @Test
    void moreBitsAreNotRoundedToEight() throws Exception {
        // Two levels of 10 bits that are one and the same in 8 bits.
        var graph = "color=gray:size=32x32,format=yuv420p10,geq=lum='400+lt(X,16)':cb=512:cr='560+lt(X,8)'";
        try (var picture = first(new FilterGraph(graph))) {
            var lab = scaled(picture, 32, 32, Framing.of(Fit.STRETCH));
            assertThat(lab.lightness()[2] - lab.lightness()[28]).isBetween(0.03f, 0.3f);
            assertThat(lab.ab()[2] - lab.ab()[2 * 28]).isBetween(0.02f, 1f);
        }
    }

    @Test
    void greyPicturesHaveNoColour() throws Exception {
        try (var picture = first(still(BufferedImage.TYPE_BYTE_GRAY))) {
            var lab = scaled(picture, 20, 20, Framing.of(Fit.STRETCH));
            for (var value : lab.ab()) {
                assertThat(value).isCloseTo(0, within(1e-3f));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Fit.class)
    void bothScalersPutAPictureInTheSamePlace(Fit fit) throws Exception {
        var crops = new CropArea[] {new CropArea(0, 0, WIDTH, HEIGHT), new CropArea(7, 4, 30, 20)};
        try (var picture = first(new FilterGraph("color=gray:size=48x32,format=gray,geq=lum='4*X+Y'"))) {
            for (var crop : crops) {
                var framing = new Framing(fit, Optional.of(crop));
                var lab = scaled(picture, 24, 24, framing);
                var luma = new byte[24 * 24];
                try (var grey = new GreyScaler(24, 24, framing)) {
                    grey.scale(picture, luma);
                }
                for (int i = 0; i < luma.length; i++) {
                    var level = (luma[i] & 255) / 255.0;
                    assertThat((double) lab.lightness()[i]).isCloseTo(NaiveLab.of(level, level, level)[0], within(0.8));
                }
            }
        }
    }
}

package org.chromaprep.video.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.javacpp.BytePointer;
import org.chromaprep.video.Fit;
import org.chromaprep.video.Framing;
import org.chromaprep.video.Orientation;
import org.chromaprep.video.Picture;
import org.chromaprep.video.PlaneFormat;
import org.chromaprep.video.PlanePicture;
import org.chromaprep.video.Rational;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.scale.LabScaler;
import org.chromaprep.video.scale.PlaneColourer;
import org.chromaprep.video.source.FilmFile;
import org.chromaprep.video.source.FilterGraph;
import org.chromaprep.video.source.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a film's picture to a coloured film and back. */
class ColouredPlanesTest {
    private static final int GRID = 8;
    private static final float A = 14;
    private static final float B = -9;

    @TempDir
    private Path folder;

    private static Picture first(SourceInput input) throws Exception {
        var picture = new Picture();
        try (var source = Sources.open(input, SourceOptions.DEFAULT)) {
            source.read(picture);
        }
        return picture;
    }

    private static float[] everywhere(float a, float b) {
        var ab = new float[2 * GRID * GRID];
        for (var i = 0; i < ab.length; i += 2) {
            ab[i] = a;
            ab[i + 1] = b;
        }
        return ab;
    }

    /** Luma of a picture as FFmpeg decoded it, row by row. */
    private static int[] luma(Picture picture, int bytes) {
        var frame = picture.frame();
        var luma = new int[frame.width() * frame.height()];
        for (var y = 0; y < frame.height(); y++) {
            var row = new byte[frame.width() * bytes];
            new BytePointer(frame.data(0))
                    .position((long) y * frame.linesize(0))
                    .get(row);
            for (var x = 0; x < frame.width(); x++) {
                luma[y * frame.width() + x] = bytes == 1
                        ? row[x] & 255
                        : ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                                ? row[2 * x] & 255 | (row[2 * x + 1] & 255) << 8
                                : row[2 * x + 1] & 255 | (row[2 * x] & 255) << 8;
            }
        }
        return luma;
    }

    private Path coloured(Picture picture, float[] ab, String codec) throws Exception {
        var format = VideoWriter.nearest(codec, PlaneColourer.formatOf(picture, new Rational(1, 1)));
        var planes = new PlanePicture(format);
        var settings = new EncoderSettings(codec, format, new Rational(1, 25), new Rational(25, 1), 1);
        var segment = folder.resolve(codec + ".nut");
        var film = folder.resolve(codec + ".mkv");
        try (var colourer = new PlaneColourer(picture, format, GRID, GRID);
                var writer = VideoWriter.open(segment, settings)) {
            assertThat(colourer.paint(picture, ab, planes)).isEmpty();
            writer.write(planes, 0);
            writer.finish();
        }
        VideoJoiner.join(
                new JoinPlan(
                        List.of(segment),
                        1,
                        settings,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        film,
                        "mkv"),
                () -> false);
        return film;
    }

    @ParameterizedTest
    @CsvSource({
        "yuv420p,64x48,1",
        "yuv420p,63x47,1",
        "yuvj420p,64x48,1",
        "yuv422p,62x49,1",
        "yuv444p,61x45,1",
        "gray,64x48,1",
        "yuv420p10le,64x48,2",
        "yuv420p12le,33x31,2",
        "yuv444p10le,35x20,2"
    })
    void lumaIsTheFilmsNumberByNumber(String pixels, String size, int bytes) throws Exception {
        try (var picture =
                first(new FilterGraph("testsrc2=size=" + size + ":rate=25:duration=0.04,format=" + pixels))) {
            var file = coloured(picture, everywhere(A, B), "ffv1");
            try (var read = first(new FilmFile(file))) {
                assertThat(luma(read, bytes)).isEqualTo(luma(picture, bytes));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yuv420p", "yuvj420p", "yuv420p10le", "yuv444p", "gray", "rgb24"})
    void coloursAreThoseThatWereWanted(String pixels) throws Exception {
        var ramp =
                "gradients=size=96x64:rate=25:duration=0.04:c0=0x303030:c1=0xd0d0d0:nb_colors=2:x0=0:y0=0:x1=95:y1=63:speed=0.00001";
        try (var picture = first(new FilterGraph(ramp + ",format=" + pixels))) {
            var file = coloured(picture, everywhere(A, B), "ffv1");
            var lightness = new float[96 * 64];
            var ab = new float[2 * 96 * 64];
            try (var read = first(new FilmFile(file));
                    var scaler = new LabScaler(96, 64, Framing.of(Fit.STRETCH))) {
                scaler.scale(read, lightness, ab);
            }
            var sums = new double[2];
            for (var i = 0; i < lightness.length; i++) {
                // A step of 8 bits in a plane is up to one and a half in a* or b*.
                assertThat((double) ab[2 * i]).isCloseTo(A, within(2.5));
                assertThat((double) ab[2 * i + 1]).isCloseTo(B, within(2.5));
                sums[0] += ab[2 * i];
                sums[1] += ab[2 * i + 1];
            }
            assertThat(sums[0] / lightness.length).isCloseTo(A, within(0.4));
            assertThat(sums[1] / lightness.length).isCloseTo(B, within(0.4));
        }
    }

    /** Left half red, right half blue: a turned picture must not turn its colours once more. */
    @Test
    void coloursLieWhereThePictureShowsThem() throws Exception {
        var ab = new float[2 * GRID * GRID];
        for (var i = 0; i < GRID * GRID; i++) {
            ab[2 * i] = i % GRID < GRID / 2 ? 30 : 0;
            ab[2 * i + 1] = i % GRID < GRID / 2 ? 0 : -30;
        }
        try (var picture = first(new FilterGraph("color=gray:size=64x32:rate=25:duration=0.04,format=yuv420p"))) {
            var upright = PlaneColourer.formatOf(picture, new Rational(1, 1));
            assertThat(picture.orientation()).isEqualTo(Orientation.UPRIGHT);
            var planes = new PlanePicture(upright);
            try (var colourer = new PlaneColourer(picture, upright, GRID, GRID)) {
                colourer.paint(picture, ab, planes);
            }
            assertThat((int) planes.red()[5 * 32 + 2]).isGreaterThan(140);
            assertThat((int) planes.blue()[5 * 32 + 2]).isBetween(118, 134);
            assertThat((int) planes.blue()[5 * 32 + 29]).isGreaterThan(140);
        }
    }

    @Test
    void aGreyPictureHasNoColour() throws Exception {
        try (var picture = first(new FilterGraph("testsrc2=size=64x48:rate=25:duration=0.04,format=yuv420p"))) {
            var format = PlaneColourer.formatOf(picture, new Rational(1, 1));
            var planes = new PlanePicture(format);
            try (var colourer = new PlaneColourer(picture, format, GRID, GRID)) {
                colourer.paint(picture, everywhere(A, B), planes);
                assertThat(planes.blue()).doesNotContain((short) 128);
                assertThat(colourer.paintGrey(picture, planes)).isEmpty();
                assertThat(planes.blue()).containsOnly((short) 128);
                assertThat(planes.red()).containsOnly((short) 128);
            }
        }
    }

    @Test
    void aFilmThatChangesItsSizeIsResizedAndThatIsSaid() throws Exception {
        try (var picture = first(new FilterGraph("color=gray:size=64x48:rate=25:duration=0.04,format=yuv420p"));
                var other = first(new FilterGraph("color=gray:size=96x64:rate=25:duration=0.04,format=yuv420p"))) {
            var format = PlaneColourer.formatOf(picture, new Rational(1, 1));
            var planes = new PlanePicture(format);
            try (var colourer = new PlaneColourer(picture, format, GRID, GRID)) {
                assertThat(colourer.paint(other, everywhere(A, B), planes))
                        .hasValueSatisfying(
                                remark -> assertThat(remark).contains("96x64").contains("64x48"));
                assertThat((int) planes.luma()[0]).isCloseTo(luma(picture, 1)[0], within(2));
            }
        }
    }

    @Test
    void encodersThatTakeFewerBitsSayWhich() throws Exception {
        try (var picture = first(new FilterGraph("testsrc2=size=64x48:rate=25:duration=0.04,format=yuv420p10le"))) {
            var wanted = PlaneColourer.formatOf(picture, new Rational(1, 1));
            assertThat(wanted.depth()).isEqualTo(10);
            assertThat(VideoWriter.nearest("ffv1", wanted)).isEqualTo(wanted);
            assertThat(VideoWriter.nearest("mpeg4", wanted)).isEqualTo(wanted.with(8, 2, 2));
            assertThat(VideoWriter.isLossless("ffv1")).isTrue();
            assertThat(VideoWriter.isLossless("mpeg4")).isFalse();
            assertThatThrownBy(() -> VideoWriter.nearest("png", wanted))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("png")
                    .hasMessageContaining("ffv1");
        }
    }

    @Test
    void planesOfNonsenseAreRefused() {
        var colour = new PlaneFormat.StoredColour(false, 1, 1, 1, 1);
        for (var numbers : new int[][] {{0, 8, 8, 2, 2}, {8, 8, 7, 2, 2}, {8, 8, 17, 2, 2}, {8, 8, 8, 3, 2}}) {
            assertThatThrownBy(() -> new PlaneFormat(
                            numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], colour, new Rational(1, 1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}

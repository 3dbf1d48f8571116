package org.chromaprep.video.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chromaprep.video.Rational;
import org.chromaprep.video.StoredPackets;
import org.chromaprep.video.Watched;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoWriterTest {
    private static final int WIDTH = 192;
    private static final int HEIGHT = 108;
    private static final long[] TIMES = {500, 600, 850, 851, 3000, 3100};

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"h264", "ffv1", "mpeg4", "mjpeg", "vp9"})
    void aFinishedSegmentHasItsNameAndTheSameBytesEachTime(String codec) throws Exception {
        var first = Files.readAllBytes(written(codec, "first.nut"));
        var second = Files.readAllBytes(written(codec, "second.nut"));

        assertThat(first).isNotEmpty().isEqualTo(second);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("first.nut", "second.nut");
    }

    @Test
    void anUnfinishedSegmentLeavesNothing() throws Exception {
        try (var writer = VideoWriter.open(folder.resolve("a.nut"), settings("h264"))) {
            writer.write(picture(0), 0);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anUnknownCodecNamesNearOnes() {
        assertThatThrownBy(() -> VideoWriter.open(folder.resolve("a.nut"), settings("ffv2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"ffv2\"")
                .hasMessageContaining("ffv1");
    }

    @Test
    void aContainerThatCannotHoldTheCodecIsRefusedBeforehand() {
        VideoWriter.check("h264", "mp4");
        VideoWriter.check("vp9", "webm");
        VideoWriter.check("ffv1", "mkv");
        assertThatThrownBy(() -> VideoWriter.check("h264", "webm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("webm");
        assertThatThrownBy(() -> VideoWriter.check("h264", "mp5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mp4");
    }

    @Test
    void anEncoderOfADeviceThatIsNotThereIsRefusedBeforehand() {
        Assumptions.assumeFalse(Files.exists(Path.of("/dev/nvidiactl")), "there is a graphics card");
        assertThatThrownBy(() -> VideoWriter.check("h264_nvenc", "mp4"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("h264_nvenc finds no device");
    }

    @Test
    void framesOutOfOrderAreRefused() throws Exception {
        try (var writer = VideoWriter.open(folder.resolve("a.nut"), settings("ffv1"))) {
            writer.write(picture(0), 7);
            assertThatThrownBy(() -> writer.write(picture(1), 7)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aRefusedSizeIsASentence() {
        var huge = new EncoderSettings("h264", 16384, 16384, new Rational(1, 25), new Rational(25, 1), 1);
        assertThatThrownBy(() -> VideoWriter.open(folder.resolve("a.nut"), huge))
                .isInstanceOf(EncodingException.class)
                .hasMessageContaining("16384x16384");
    }

    /** Four groups of two seconds and a short one: each is encoded by itself, and what comes of them follows on. */
    @ParameterizedTest
    @ValueSource(strings = {"h264", "mpeg4", "mjpeg"})
    void groupsOfPicturesGiveTheSameBytesHoweverManyThreadsEncodeThem(String codec) throws Exception {
        var frames = 4 * 20 + 3;
        var files = new ArrayList<Path>();
        for (var threads : List.of(1, 2, 4)) {
            var settings = new EncoderSettings(codec, WIDTH, HEIGHT, new Rational(1, 10), new Rational(10, 1), threads);
            files.add(folder.resolve(threads + ".nut"));
            try (var writer = VideoWriter.open(files.get(files.size() - 1), settings)) {
                for (var i = 0; i < frames; i++) {
                    writer.write(picture(i), i);
                }
                writer.finish();
            }
        }
        assertThat(files.get(1)).hasSameBinaryContentAs(files.get(0));
        assertThat(files.get(2)).hasSameBinaryContentAs(files.get(0));
        var packets = StoredPackets.of(files.get(2)).get(0);
        assertThat(packets).hasSize(frames);
        var film = Watched.film(files.get(2));
        assertThat(film.times()).hasSize(frames);
        assertThat(film.lost()).isEmpty();
    }

    @Test
    void groupsThatAreGivenUpLeaveNothing() throws Exception {
        var settings = new EncoderSettings("h264", WIDTH, HEIGHT, new Rational(1, 10), new Rational(10, 1), 3);
        try (var writer = VideoWriter.open(folder.resolve("a.nut"), settings)) {
            for (var i = 0; i < 50; i++) {
                writer.write(picture(i), i);
            }
        }
        assertThat(folder).isEmptyDirectory();
    }

    private Path written(String codec, String name) throws EncodingException {
        var file = folder.resolve(name);
        try (var writer = VideoWriter.open(file, settings(codec))) {
            for (var i = 0; i < TIMES.length; i++) {
                writer.write(picture(i), TIMES[i]);
            }
            writer.finish();
        }
        return file;
    }

    private static EncoderSettings settings(String codec) {
        return new EncoderSettings(codec, WIDTH, HEIGHT, new Rational(1, 3000), new Rational(30000, 1001), 2);
    }

    /** Six flat colours side by side, moving by a column a frame. */
    private static int[] picture(int number) {
        int[] colours = {0xE69F00, 0x56B4E9, 0x009E73, 0x000000, 0xFFFFFF, 0x808080};
        var rgb = new int[WIDTH * HEIGHT];
        Arrays.setAll(rgb, i -> colours[(i % WIDTH + number) % WIDTH / 32]);
        return rgb;
    }
}

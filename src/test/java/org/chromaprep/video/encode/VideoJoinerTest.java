package org.chromaprep.video.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.chromaprep.video.FixtureFilm;
import org.chromaprep.video.Rational;
import org.chromaprep.video.StoredPackets;
import org.chromaprep.video.Timeline;
import org.chromaprep.video.TrackSource;
import org.chromaprep.video.Watched;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class VideoJoinerTest {
    private static final long[] TIMES = {0, 40, 41, 500, 501, 2000, 2040, 2080, 2120};
    private static final int SEGMENT = 4;
    private static final int SOUND_PACKETS = 20;

    @TempDir
    private Path folder;

    private static EncoderSettings settings(String codec) {
        return new EncoderSettings(codec, 64, 48, new Rational(1, 1000), new Rational(25, 1), 1);
    }

    private List<Path> segments(String codec) throws EncodingException {
        var segments = new ArrayList<Path>();
        for (var first = 0; first < TIMES.length; first += SEGMENT) {
            var segment = folder.resolve(String.format(Locale.ROOT, "%06d.nut", segments.size()));
            try (var writer = VideoWriter.open(segment, settings(codec))) {
                for (var frame = first; frame < Math.min(first + SEGMENT, TIMES.length); frame++) {
                    var rgb = new int[64 * 48];
                    Arrays.fill(rgb, 0x101010 * (frame + 1));
                    writer.write(rgb, TIMES[frame]);
                }
                writer.finish();
            }
            segments.add(segment);
        }
        return segments;
    }

    private JoinPlan plan(List<Path> segments, String codec, String container, Optional<TrackSource> audio) {
        return new JoinPlan(
                segments,
                TIMES.length,
                settings(codec),
                OptionalLong.of(0),
                OptionalLong.empty(),
                audio,
                folder.resolve("joined." + container),
                container);
    }

    private static List<ByteBuffer> bytes(List<StoredPackets.Packet> packets) {
        return packets.stream().map(StoredPackets.Packet::bytes).toList();
    }

    private static void assertSeconds(List<StoredPackets.Packet> packets, double... wanted) {
        assertThat(packets.stream().mapToDouble(StoredPackets.Packet::seconds).toArray())
                .containsExactly(wanted, within(1e-6));
    }

    private static double[] seconds(long shift) {
        return Arrays.stream(TIMES).mapToDouble(time -> (time - shift) / 1000.0).toArray();
    }

    /** A film of one second of sound in packets of 50 ms. */
    private Path film(byte[][] sound) throws EncodingException {
        return new FixtureFilm("gray", 16, 16)
                .sound(sound)
                .write(folder.resolve("film.mkv"), (frame, plane, x, y) -> 0);
    }

    private static byte[][] sound() {
        var random = new Random(4);
        var packets = new byte[SOUND_PACKETS][800];
        for (var packet : packets) {
            random.nextBytes(packet);
        }
        return packets;
    }

    @ParameterizedTest
    @CsvSource({"ffv1, mkv", "mpeg4, mkv", "mpeg4, mp4", "h264, mp4", "vp9, webm", "mjpeg, mov"})
    void joinedFilmsHaveTheSegmentsPacketsAtTheirTimes(String codec, String container) throws Exception {
        var segments = segments(codec);
        var plan = plan(segments, codec, container, Optional.empty());
        var joined = VideoJoiner.join(plan);

        assertThat(joined.frames()).isEqualTo(TIMES.length);
        assertThat(joined.notes()).isEmpty();
        var stored = new ArrayList<StoredPackets.Packet>();
        segments.forEach(segment -> stored.addAll(StoredPackets.of(segment).get(0)));
        var packets = StoredPackets.of(plan.out()).get(0);
        if (codec.equals("h264")) {
            // MP4 tells where a unit begins in another way.
            assertThat(packets).hasSameSizeAs(stored);
        } else {
            assertThat(bytes(packets)).isEqualTo(bytes(stored));
        }
        assertSeconds(packets, seconds(0));
        var film = Watched.film(plan.out());
        assertThat(film.lost()).isEmpty();
        for (var frame = 0; frame < TIMES.length; frame++) {
            assertThat((double) film.grey(frame)[0]).isCloseTo(16.0 * (frame + 1), within(3.0));
        }
    }

    @Test
    void aPartOfAFilmBeginsAtItsOrigin() throws Exception {
        var segments = segments("ffv1").subList(1, 3);
        var plan = new JoinPlan(
                segments,
                TIMES.length - SEGMENT,
                settings("ffv1"),
                OptionalLong.of(501),
                OptionalLong.of(2500),
                Optional.empty(),
                folder.resolve("part.mkv"),
                "mkv");
        VideoJoiner.join(plan);

        assertSeconds(StoredPackets.of(plan.out()).get(0), Arrays.copyOfRange(seconds(501), SEGMENT, TIMES.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mkv", "mov", "avi"})
    void soundIsCopiedPacketByPacket(String container) throws Exception {
        var sound = sound();
        var plan = plan(segments("mpeg4"), "mpeg4", container, Optional.of(TrackSource.whole(film(sound))));
        var joined = VideoJoiner.join(plan);

        assertThat(joined.audioStreams()).isEqualTo(1);
        if (container.equals("avi")) {
            assertThat(joined.notes()).singleElement().asString().contains("not evenly spaced", "60th of a second");
        } else {
            assertThat(joined.notes()).isEmpty();
        }
        var heard = StoredPackets.of(plan.out()).get(1);
        assertThat(joined(bytes(heard)))
                .isEqualTo(joined(Arrays.stream(sound).map(ByteBuffer::wrap).toList()));
        if (container.equals("mkv")) {
            assertSeconds(
                    heard,
                    IntStream.range(0, SOUND_PACKETS).mapToDouble(i -> 0.05 * i).toArray());
        }
    }

    private static ByteBuffer joined(List<ByteBuffer> parts) {
        var all = ByteBuffer.allocate(
                parts.stream().mapToInt(ByteBuffer::remaining).sum());
        parts.forEach(part -> all.put(part.duplicate()));
        return all.flip();
    }

    @Test
    void soundOutsideThePartIsLeftOutAndTheRestIsShiftedWithThePictures() throws Exception {
        var sound = sound();
        var film = film(sound);
        var plan = new JoinPlan(
                segments("ffv1").subList(1, 3),
                TIMES.length - SEGMENT,
                settings("ffv1"),
                OptionalLong.of(500),
                OptionalLong.empty(),
                Optional.of(new TrackSource(film, 0.5, 0.7, Timeline.PLAIN)),
                folder.resolve("part.mkv"),
                "mkv");
        VideoJoiner.join(plan);

        var heard = StoredPackets.of(plan.out()).get(1);
        assertThat(bytes(heard))
                .containsExactly(
                        ByteBuffer.wrap(sound[10]),
                        ByteBuffer.wrap(sound[11]),
                        ByteBuffer.wrap(sound[12]),
                        ByteBuffer.wrap(sound[13]));
        assertSeconds(heard, 0, 0.05, 0.1, 0.15);
    }

    @Test
    void soundThatTheContainerCannotHoldIsLeftOutWithANote() throws Exception {
        var plan = plan(segments("vp9"), "vp9", "webm", Optional.of(TrackSource.whole(film(sound()))));
        var joined = VideoJoiner.join(plan);

        assertThat(joined.audioStreams()).isZero();
        assertThat(joined.notes()).singleElement().asString().contains("webm", "pcm_s16le", "`container` mkv");
        assertThat(StoredPackets.of(plan.out())).hasSize(1);
    }

    @Test
    void soundThatCannotBeReadIsLeftOutWithANote() throws Exception {
        var plan = plan(segments("ffv1"), "ffv1", "mkv", Optional.of(TrackSource.whole(folder.resolve("gone.mkv"))));
        var joined = VideoJoiner.join(plan);

        assertThat(joined.frames()).isEqualTo(TIMES.length);
        assertThat(joined.notes()).singleElement().asString().contains("sound", "gone.mkv");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aMissingSegmentIsASentenceAndLeavesNoFilm(int missing) throws Exception {
        var segments = segments("ffv1");
        Files.delete(segments.get(missing));
        assertRefused(segments, segments.get(missing));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "0, 0.05", "1, 0.05", "0, 0.6", "1, 0.7"})
    void aSegmentThatIsCutShortIsASentenceAndLeavesNoFilm(int damaged, double share) throws Exception {
        var segments = segments("ffv1");
        var file = segments.get(damaged);
        var bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, (int) (share * bytes.length)));
        assertRefused(segments, share < 0.1 ? file : folder);
    }

    @Test
    void aSegmentThatHoldsSomethingElseIsASentenceAndLeavesNoFilm() throws Exception {
        var segments = segments("ffv1");
        Files.writeString(segments.get(1), "This is no film.\n".repeat(1000));
        assertRefused(segments, segments.get(1));
    }

    private void assertRefused(List<Path> segments, Path told) {
        var plan = plan(segments, "ffv1", "mkv", Optional.empty());
        assertThatThrownBy(() -> VideoJoiner.join(plan))
                .isInstanceOf(EncodingException.class)
                .hasMessageContaining(told.toString())
                .hasMessageContaining("`overwrite`")
                .hasMessageEndingWith(".");
        assertThat(folder.toFile().list((where, name) -> name.contains("joined")))
                .isEmpty();
    }
}

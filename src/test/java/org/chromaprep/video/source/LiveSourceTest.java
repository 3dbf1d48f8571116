package org.chromaprep.video.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.chromaprep.video.CaptureOptions;
import org.chromaprep.video.FrameTime;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.ReadResult.LostFrame;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.Watched;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@Timeout(60)
class LiveSourceTest {
    private static final int FRAMES = 12;
    /** So many that the first ones are enough to tell what is being sent. */
    private static final int MANY = 120;

    private static final Duration PATIENT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    /** What a source gave until its end. */
    private record Watched(List<FrameTime> frames, List<LostFrame> gaps, List<Integer> widths) {}

    private static SourceOptions options(int reconnects, Duration read) {
        return SourceOptions.of(new CaptureOptions(
                PATIENT,
                read,
                OptionalInt.of(reconnects),
                false,
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty()));
    }

    private static Watched watch(String url, SourceOptions options) throws Exception {
        var watched = new Watched(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try (var source = Sources.open(Sources.expand(url).get(0), options);
                var picture = new Picture()) {
            for (var read = source.read(picture); !(read instanceof EndOfStream); read = source.read(picture)) {
                if (read instanceof FrameRead frame) {
                    watched.frames().add(frame.time());
                    watched.widths().add(picture.width());
                } else {
                    watched.gaps().add((LostFrame) read);
                }
            }
        }
        return watched;
    }

    @Test
    void aStreamIsReadToItsEnd() throws Exception {
        var film = Broadcast.film(folder, FRAMES, 64, 48);
        try (var sender = Broadcast.of(List.of(Broadcast.sends(film)))) {
            var watched = watch(sender.address("tcp"), options(0, PATIENT));
            assertThat(watched.frames())
                    .extracting(FrameTime::index)
                    .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
            assertThat(watched.frames().get(FRAMES - 1).seconds()).isEqualTo(0.44);
            assertThat(watched.frames().get(FRAMES - 1).pts()).hasValue(39_600);
            assertThat(watched.gaps()).isEmpty();
        }
    }

    @Test
    void aSourceThatComesBackGoesOnAfterAGapInTheLedger() throws Exception {
        var film = Broadcast.film(folder, FRAMES, 64, 48);
        var again = Broadcast.film(folder, FRAMES, 96, 64);
        try (var sender = Broadcast.of(List.of(Broadcast.sends(film), Broadcast.sends(again), Broadcast.sends(film)))) {
            var watched = watch(sender.address("tcp"), options(1, PATIENT));
            assertThat(watched.frames()).hasSize(3 * FRAMES);
            for (var frame = 1; frame < 3 * FRAMES; frame++) {
                assertThat(watched.frames().get(frame).index()).isEqualTo(frame);
                assertThat(watched.frames().get(frame).seconds())
                        .isGreaterThan(watched.frames().get(frame - 1).seconds());
                assertThat(watched.frames().get(frame).pts().getAsLong())
                        .isGreaterThan(watched.frames().get(frame - 1).pts().getAsLong());
            }
            assertThat(watched.widths()).containsSubsequence(64, 96, 64);
            assertThat(watched.gaps())
                    .extracting(LostFrame::reason)
                    .hasSize(3)
                    .satisfies(reasons ->
                            assertThat(reasons.subList(0, 2)).allMatch(each -> each.contains("was gone for")))
                    .satisfies(reasons -> assertThat(reasons.get(2))
                            .contains("the source ended")
                            .contains("did not come back")
                            .contains("`reconnect` 0"));
        }
    }

    @Test
    void ofAStreamThatIsJoinedInItsMidstNothingIsLost() throws Exception {
        var film = Broadcast.transportStream(folder, MANY, 64, 48);
        // In the first group of pictures that refer to each other, at the beginning of a packet of 188 bytes.
        var joined = Arrays.copyOfRange(film, film.length / 5 / 188 * 188, film.length);
        try (var sender = Broadcast.of(List.of(Broadcast.sends(joined)))) {
            var watched = watch(sender.address("tcp"), options(0, PATIENT));
            assertThat(watched.gaps()).isEmpty();
            assertThat(watched.frames()).hasSizeBetween(MANY / 3, MANY - MANY / 5);
            assertThat(watched.frames().get(0).index()).isZero();
        }
    }

    @Test
    void aSourceThatFallsSilentCountsAsGone() throws Exception {
        var film = Broadcast.film(folder, MANY, 64, 48);
        try (var sender = Broadcast.thatWaitsAfter(film)) {
            var watched = watch(sender.address("tcp"), options(0, Duration.ofMillis(300)));
            assertThat(watched.frames()).hasSizeGreaterThanOrEqualTo(MANY - 1);
            assertThat(watched.gaps())
                    .singleElement()
                    .extracting(LostFrame::reason)
                    .asString()
                    .contains("sent nothing for too long");
        }
    }

    @Test
    void aSourceThatNeverAnswersIsASentence() throws Exception {
        try (var sender = Broadcast.thatWaitsAfter(new byte[0])) {
            var options = SourceOptions.of(new CaptureOptions(
                    Duration.ofMillis(200),
                    PATIENT,
                    OptionalInt.of(0),
                    false,
                    Optional.empty(),
                    OptionalDouble.empty(),
                    Optional.empty()));
            assertThatThrownBy(() -> watch(sender.address("tcp"), options))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("did not answer within 0.2 s")
                    .hasMessageContaining("`connect-timeout`");
        }
    }

    @Test
    void nobodyWaitsForASilentSourceThatIsNotWantedAnyMore() throws Exception {
        var wanted = new AtomicBoolean(true);
        var film = Broadcast.film(folder, MANY, 64, 48);
        try (var sender = Broadcast.thatWaitsAfter(film);
                var source = Sources.open(
                        Sources.expand(sender.address("tcp")).get(0), options(1000, PATIENT), () -> !wanted.get());
                var picture = new Picture()) {
            assertThat(source.read(picture)).isInstanceOf(FrameRead.class);
            wanted.set(false);
            while (!(source.read(picture) instanceof EndOfStream)) {
                assertThat(picture.width()).isEqualTo(64);
            }
        }
    }

    @Test
    void picturesInHttpPartsAreAFilmWhoseSizeMayChange() throws Exception {
        var body = Broadcast.motionJpeg(new int[][] {{64, 48}, {64, 48}, {80, 64}, {80, 64}, {64, 48}});
        try (var sender =
                Broadcast.of(List.of(Broadcast.answers("multipart/x-mixed-replace; boundary=picture", body)))) {
            var watched = watch(sender.address("http") + "/video?user=me&key=secret", options(0, PATIENT));
            assertThat(watched.widths()).containsExactly(64, 64, 80, 80, 64);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--picture--\r\n", "--picture\r\n", ""})
    void picturesInHttpPartsEndWithEveryKindOfLastBoundary(String last) throws Exception {
        var whole = new String(
                Broadcast.motionJpeg(new int[][] {{64, 48}, {64, 48}, {64, 48}}), StandardCharsets.ISO_8859_1);
        var body = whole.replace("--picture--\r\n", last).getBytes(StandardCharsets.ISO_8859_1);
        try (var sender =
                Broadcast.of(List.of(Broadcast.answers("multipart/x-mixed-replace; boundary=picture", body)))) {
            var watched = watch(sender.address("http") + "/video", options(0, PATIENT));
            assertThat(watched.frames()).hasSize(3);
            assertThat(watched.gaps()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "http"})
    void aPlayListFromANetworkOpensNoLocalFile(String scheme) throws Exception {
        var film = folder.resolve("film.nut");
        Files.write(film, Broadcast.film(folder, FRAMES, 64, 48));
        var list = ("#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:1,\n" + film.toUri() + "\n#EXT-X-ENDLIST\n")
                .getBytes(StandardCharsets.UTF_8);
        var script =
                scheme.equals("tcp") ? Broadcast.sends(list) : Broadcast.answers("application/vnd.apple.mpegurl", list);
        try (var sender = Broadcast.of(List.of(script, script, script))) {
            assertThatThrownBy(() -> watch(
                            sender.address(scheme) + (scheme.equals("http") ? "/a.m3u8" : ""), options(0, PATIENT)))
                    .isInstanceOf(SourceException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rtsp://me:secret@camera.test:554/a?token=secret, rtsp://camera.test:554/a",
        "http://host/live.mjpg, http://host/live.mjpg",
        "rtmp://me:sec@ret@host/app/key#x, rtmp://host/app/key"
    })
    void passwordsAreNotShown(String url, String shown) throws Exception {
        assertThat(Sources.expand(url))
                .singleElement()
                .extracting(SourceInput::name)
                .isEqualTo(shown);
    }

    @Test
    void aSenderThatIsNotThereIsASentenceWithoutItsPassword() {
        assertThatThrownBy(() -> watch("tcp://me:secret@127.0.0.1:1", options(5, PATIENT)))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("tcp://127.0.0.1:1 cannot be opened")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aCameraThatIsNotThereIsASentence() {
        assertThatThrownBy(() -> watch("camera:77", options(0, PATIENT)))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("camera:77 cannot be opened: ")
                .hasMessageEndingWith(".");
    }

    @Test
    void aSchemeThatIsNotReadIsASentence() {
        assertThatThrownBy(() -> Sources.expand("gopher://host/film"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("gopher")
                .hasMessageContaining("rtsp");
    }

    @Test
    void aFilmIsPacedAsItPlays() throws Exception {
        var options = SourceOptions.of(new CaptureOptions(
                PATIENT, PATIENT, OptionalInt.of(0), true, Optional.empty(), OptionalDouble.empty(), Optional.empty()));
        var begin = System.nanoTime();
        var watched = watch("lavfi:testsrc=size=32x32:rate=50:duration=0.5", options);
        assertThat(watched.frames()).hasSize(25);
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(480_000_000L);
    }
}

package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.chromaprep.pipeline.settings.Recording;
import org.chromaprep.video.Picture;
import org.chromaprep.video.Rational;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.source.FilmFile;
import org.chromaprep.video.source.Sources;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class RollingVideoTest {
    private static final Instant NOON = Instant.parse("2026-02-28T11:59:59.500Z");
    private static final EncoderSettings ENCODER =
            new EncoderSettings("mpeg4", 64, 48, new Rational(1, 1000), new Rational(25, 1), 1);

    @TempDir
    private Path folder;

    private void record(RollingVideo video, int from, int to) throws Exception {
        var random = new Random(from);
        for (var frame = from; frame < to; frame++) {
            video.write(random.ints(64 * 48, 0, 1 << 24).toArray(), 40L * frame, NOON.plusMillis(40L * frame));
        }
    }

    private List<Path> films() throws Exception {
        try (var files = Files.list(folder.resolve("recording"))) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static int framesOf(Path film) throws Exception {
        var frames = 0;
        try (var source = Sources.open(new FilmFile(film), SourceOptions.DEFAULT);
                var picture = new Picture()) {
            while (source.read(picture) instanceof FrameRead) {
                frames++;
            }
        }
        return frames;
    }

    private RollingVideo video(String container, Recording recording) {
        return new RollingVideo(folder.resolve("recording"), "door", ENCODER, container, recording);
    }

    private static Recording everySecond(OptionalLong keep) {
        return new Recording(Optional.of(Duration.ofSeconds(1)), OptionalLong.empty(), keep);
    }

    @Test
    void filmsAreNamedByTheTimeOfTheirFirstFrame() throws Exception {
        try (var video = video("mp4", everySecond(OptionalLong.empty()))) {
            record(video, 0, 60);
            video.finish();
        }
        assertThat(films())
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "door-20260228T115959.500Z.mp4",
                        "door-20260228T120000.500Z.mp4",
                        "door-20260228T120001.500Z.mp4");
        assertThat(framesOf(films().get(0))).isEqualTo(25);
        assertThat(framesOf(films().get(2))).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"mp4,mpeg4", "mp4,h264", "mov,mpeg4", "mkv,h264", "webm,vp8", "nut,mpeg4", "ts,h264", "avi,mpeg4"})
    void aFilmCanBePlayedAtAnyMomentButForItsLastPicture(String container, String codec) throws Exception {
        var encoder = new EncoderSettings(codec, 64, 48, new Rational(1, 1000), new Rational(25, 1), 1);
        var recording = everySecond(OptionalLong.empty());
        try (var video = new RollingVideo(folder.resolve("recording"), "door", encoder, container, recording)) {
            for (var frame = 0; frame < 60; frame++) {
                record(video, frame, frame + 1);
                var frames = 0;
                for (var film : films()) {
                    var here = framesOf(film);
                    assertThat(here).as("%s after picture %d", film, frame).isPositive();
                    frames += here;
                }
                assertThat(frames).isBetween(frame, frame + 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp4", "mkv"})
    void theTimesOfAFilmThatIsCutAreTheirOwn(String container) throws Exception {
        var times = new long[] {0, 40, 80, 500, 510, 1490};
        try (var video = video(
                container,
                new Recording(Optional.of(Duration.ofHours(1)), OptionalLong.empty(), OptionalLong.empty()))) {
            for (var time : times) {
                video.write(new int[64 * 48], time, NOON.plusMillis(time));
            }
            assertThat(timesOf(films().get(0))).containsExactly(0, 40, 80, 500, 510);
            video.finish();
            assertThat(timesOf(films().get(0))).containsExactly(0, 40, 80, 500, 510, 1490);
        }
    }

    private static List<Integer> timesOf(Path film) throws Exception {
        var times = new ArrayList<Integer>();
        try (var source = Sources.open(new FilmFile(film), SourceOptions.DEFAULT);
                var picture = new Picture()) {
            while (source.read(picture) instanceof FrameRead read) {
                times.add((int) Math.round(1000 * read.time().seconds()));
            }
        }
        return times;
    }

    @Test
    void whatAKilledRunHadNotNamedYetIsRemoved() throws Exception {
        var recording = Files.createDirectories(folder.resolve("recording"));
        var left = Files.createFile(recording.resolve(".door-20260228T115959.400Z.mp4.part"));
        var others = List.of(
                Files.createFile(recording.resolve(".door.mp4.part")),
                Files.createFile(recording.resolve(".window-20260228T115959.400Z.mp4.part")));
        try (var video = video("mp4", everySecond(OptionalLong.empty()))) {
            record(video, 0, 1);
        }
        assertThat(left).doesNotExist();
        assertThat(others).allMatch(Files::exists);
        assertThat(recording).isDirectoryNotContaining("glob:**/door-*").isDirectoryNotContaining("glob:**/.door-*");
    }

    private long bytesBeside(Path other) throws Exception {
        var bytes = 0L;
        for (var film : films()) {
            bytes += film.equals(other) ? 0 : Files.size(film);
        }
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({"mp4,1", "mp4,3600", "mkv,1", "mkv,3600"})
    void theOldestFilmsGiveWayBeforeTheLimitIsReached(String container, long seconds) throws Exception {
        var limit = 400_000L;
        Files.createDirectories(folder.resolve("recording"));
        var other = Files.write(folder.resolve("recording").resolve("holiday.mp4"), new byte[500_000]);
        var recording =
                new Recording(Optional.of(Duration.ofSeconds(seconds)), OptionalLong.empty(), OptionalLong.of(limit));
        var most = 0L;
        try (var video = video(container, recording)) {
            for (var frame = 0; frame < 500; frame++) {
                record(video, frame, frame + 1);
                most = Math.max(most, bytesBeside(other));
            }
            video.finish();
        }
        assertThat(most).isBetween(limit / 4, limit);
        assertThat(bytesBeside(other)).isLessThanOrEqualTo(limit);
        assertThat(other).exists();
        assertThat(films().get(0).getFileName().toString()).isGreaterThan("door-20260228T120002");
    }

    @Test
    void aFilmOfAClockThatWasWrongGivesWayFirst() throws Exception {
        var recording = Files.createDirectories(folder.resolve("recording"));
        var future = Files.write(recording.resolve("door-20990101T000000.000Z.mp4"), new byte[150_000]);
        var farFuture = Files.write(recording.resolve("door-21060101T000000.000Z.mp4"), new byte[150_000]);
        var past = Files.write(recording.resolve("door-20250101T000000.000Z.mp4"), new byte[100]);
        try (var video = video("mp4", everySecond(OptionalLong.of(400_000)))) {
            for (var frame = 0; frame < 40; frame++) {
                record(video, frame, frame + 1);
            }
            video.finish();
        }
        assertThat(future).doesNotExist();
        assertThat(farFuture).exists();
        assertThat(past).exists();
        assertThat(films())
                .extracting(file -> file.getFileName().toString())
                .contains("door-20260228T115959.500Z.mp4", "door-20260228T120000.500Z.mp4");
    }

    @Test
    void aTimeThatComesAgainTakesNoFilmsPlace() throws Exception {
        var recording = Files.createDirectories(folder.resolve("recording"));
        var earlier = Files.write(recording.resolve("door-20260228T115959.500Z.mp4"), new byte[] {1, 2, 3});
        try (var video = video("mp4", everySecond(OptionalLong.empty()))) {
            record(video, 0, 5);
            video.finish();
        }
        assertThat(earlier).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(framesOf(recording.resolve("door-20260228T115959.501Z.mp4"))).isEqualTo(5);
    }
}

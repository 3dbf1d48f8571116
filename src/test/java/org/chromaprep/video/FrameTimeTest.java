package org.chromaprep.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTimeTest {
    private static final long[] UNEVEN = {0, 40, 41, 1000, 1003, 90_000, 90_500};

    @TempDir
    private Path folder;

    private static FixtureFilm steps(long... times) {
        return new FixtureFilm("gray", 16, 16)
                .colours(avutil.AVCOL_SPC_UNSPECIFIED, avutil.AVCOL_RANGE_JPEG)
                .times(times);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mkv", "nut"})
    void framesOfUnevenDurationKeepTheirTimeStamps(String container) throws Exception {
        var film = Watched.film(
                steps(UNEVEN).write(folder.resolve("film." + container), (frame, plane, x, y) -> 10 * frame));

        assertThat(film.lost()).isEmpty();
        var tick = film.info().timeBase().value();
        for (var frame = 0; frame < UNEVEN.length; frame++) {
            assertThat(film.times().get(frame).index()).isEqualTo(frame);
            assertThat(film.stamps().get(frame) * tick).isCloseTo(UNEVEN[frame] / 1000.0, within(1e-9));
            assertThat(film.seconds().get(frame)).isCloseTo(UNEVEN[frame] / 1000.0, within(1e-9));
            assertThat(film.grey(frame)).containsOnly(10 * frame);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mkv", "nut"})
    void secondsCountFromTheFirstFrameAndTimeStampsStayTheFilms(String container) throws Exception {
        var film = Watched.film(
                steps(5000, 5040, 5500).write(folder.resolve("film." + container), (frame, plane, x, y) -> 10 * frame));

        assertThat(film.info().startPts() * film.info().timeBase().value()).isCloseTo(5, within(1e-9));
        assertThat(film.stamps().get(2) * film.info().timeBase().value()).isCloseTo(5.5, within(1e-9));
        assertThat(film.seconds().stream().mapToDouble(each -> each).toArray())
                .containsExactly(new double[] {0, 0.04, 0.5}, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"mpeg4, mkv", "mpeg4, mp4", "mpeg2video, mkv", "mpeg2video, ts"})
    void framesThatAreStoredOutOfOrderAreReadInTheOrderOfTheirTimes(String codec, String container) throws Exception {
        var frames = 20;
        var file = new FixtureFilm("yuv420p", 64, 64)
                .codec(codec, 2)
                .clock(new Rational(1, 25))
                .times(LongStream.range(0, frames).toArray())
                .write(folder.resolve("film." + container), (frame, plane, x, y) -> plane == 0 ? 20 + 10 * frame : 128);
        var film = Watched.film(file);

        assertThat(StoredPackets.of(file).get(0).stream()
                        .map(StoredPackets.Packet::pts)
                        .toList())
                .as("the fixture has B-frames")
                .isNotEqualTo(film.stamps())
                .hasSize(frames);
        assertThat(film.lost()).isEmpty();
        assertThat(film.seconds()).hasSize(frames);
        IntStream.range(0, frames).forEach(frame -> {
            assertThat(film.seconds().get(frame)).isCloseTo(0.04 * frame, within(1e-6));
            var wanted = (4 + 10 * frame) * 255 / 219.0;
            for (var value : film.grey(frame)) {
                assertThat((double) value).isCloseTo(wanted, within(4.0));
            }
        });
    }
}

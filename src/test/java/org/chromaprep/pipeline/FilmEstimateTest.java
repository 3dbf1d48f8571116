package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.video.Rational;
import org.chromaprep.video.SourceInfo;
import org.junit.jupiter.api.Test;

class FilmEstimateTest {
    private static final OptionalDouble NONE = OptionalDouble.empty();
    private static final OptionalLong ENDLESS = OptionalLong.empty();

    private static SourceInfo film(OptionalLong frames, OptionalDouble seconds) {
        return new SourceInfo(
                "film",
                "test",
                "test",
                64,
                48,
                new Rational(1, 1),
                0,
                false,
                new Rational(25, 1),
                new Rational(1, 25),
                0,
                frames,
                seconds,
                "gray",
                "bt601",
                true,
                false,
                false);
    }

    private static FilmEstimate of(OptionalLong frames, FrameSelection selection) {
        return new FilmEstimate(selection, film(frames, NONE), Optional.empty());
    }

    private static OptionalLong read(FrameSelection selection) {
        return of(OptionalLong.of(168), selection).read();
    }

    @Test
    void aFilmIsReadToItsEndUnlessAskedOtherwise() {
        assertThat(read(FrameSelection.ALL)).hasValue(168);
        assertThat(new FilmEstimate(FrameSelection.ALL, film(ENDLESS, OptionalDouble.of(4)), Optional.empty()).read())
                .hasValue(100);
        assertThat(of(ENDLESS, FrameSelection.ALL).read()).isEmpty();
    }

    @Test
    void readingEndsWithTheLastFrameAskedFor() {
        assertThat(read(new FrameSelection(NONE, NONE, 1, NONE, OptionalLong.of(20))))
                .hasValue(20);
        assertThat(read(new FrameSelection(NONE, NONE, 1, NONE, OptionalLong.of(200))))
                .hasValue(168);
        assertThat(read(new FrameSelection(NONE, NONE, 3, NONE, OptionalLong.of(4))))
                .hasValue(10);
        assertThat(read(new FrameSelection(OptionalDouble.of(2), NONE, 1, NONE, OptionalLong.of(4))))
                .hasValue(54);
        assertThat(read(new FrameSelection(NONE, NONE, 1, OptionalDouble.of(5), OptionalLong.of(4))))
                .hasValue(16);
        assertThat(read(new FrameSelection(NONE, OptionalDouble.of(2), 1, NONE, ENDLESS)))
                .hasValue(50);
        assertThat(of(ENDLESS, new FrameSelection(NONE, NONE, 1, NONE, OptionalLong.of(20)))
                        .read())
                .hasValue(20);
    }

    @Test
    void onlyWhatIsLeftIsWritten() {
        var film = of(
                OptionalLong.of(168), new FrameSelection(OptionalDouble.of(2), OptionalDouble.of(4), 5, NONE, ENDLESS));
        assertThat(film.written(0)).isEqualTo(10);
        assertThat(film.written(75)).isEqualTo(5);
        assertThat(film.written(120)).isZero();
        assertThat(of(OptionalLong.of(168), new FrameSelection(NONE, NONE, 1, NONE, OptionalLong.of(7)))
                        .written(0))
                .isEqualTo(7);
    }
}

package org.chromaprep.video.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.chromaprep.video.FixtureFilm;
import org.chromaprep.video.Picture;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.encode.EncodingException;
import org.chromaprep.video.source.FilmFile;
import org.chromaprep.video.source.FilterGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameDrawTest {
    private static final FrameDraw.Part ALL = new FrameDraw.Part(0, Double.POSITIVE_INFINITY);
    /** Forty frames in 1.6 seconds, which nobody can search in. */
    private static final SourceInput SHORT = new FilterGraph("testsrc=size=16x16:rate=25:duration=1.6");

    private static final int FRAMES = 40;

    @TempDir
    private Path folder;

    /** The times of the frames drawn, in frames of a film of so many a second. */
    private static List<Long> draw(SourceInput film, double rate, FrameDraw.Part part, int wanted, long seed)
            throws SourceException {
        return FrameDraw.draw(
                film,
                SourceOptions.DEFAULT,
                part,
                wanted,
                seed,
                () -> false,
                picture -> Math.round(picture.time().seconds() * rate));
    }

    /** A frame a second for a minute and a half. */
    private SourceInput lengthy() throws EncodingException {
        return new FilmFile(new FixtureFilm("gray", 16, 16)
                .times(LongStream.range(0, 90).map(second -> 1000 * second).toArray())
                .write(folder.resolve("film.mkv"), (frame, plane, x, y) -> frame));
    }

    @Test
    void theSameSeedDrawsTheSameFramesInTheirOrder() throws Exception {
        for (var film : List.of(SHORT, lengthy())) {
            var drawn = draw(film, 25, ALL, 8, 3);
            assertThat(drawn)
                    .hasSize(8)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .isEqualTo(draw(film, 25, ALL, 8, 3))
                    .isNotEqualTo(draw(film, 25, ALL, 8, 4));
        }
    }

    @Test
    void aFilmWithFewerFramesGivesAll() throws Exception {
        assertThat(draw(SHORT, 25, ALL, 2 * FRAMES, 1))
                .isEqualTo(LongStream.range(0, FRAMES).boxed().toList());
    }

    @Test
    void everyFrameOfAShortFilmIsDrawnAsOftenAsAnother() throws Exception {
        var draws = 60;
        var wanted = 10;
        var counts = new int[FRAMES];
        for (var seed = 0; seed < draws; seed++) {
            for (var frame : draw(SHORT, 25, ALL, wanted, seed)) {
                counts[frame.intValue()]++;
            }
        }
        // Five standard deviations of a binomial of 60 draws with a chance of a quarter.
        var mean = (double) draws * wanted / FRAMES;
        for (var count : counts) {
            assertThat(Math.abs(count - mean)).isLessThan(5 * Math.sqrt(mean * 0.75));
        }
    }

    @Test
    void eachStretchOfALongFilmGivesOneFrame() throws Exception {
        var drawn = draw(lengthy(), 1, ALL, 9, 5);
        assertThat(drawn).hasSize(9);
        for (var stretch = 0; stretch < 9; stretch++) {
            assertThat(drawn.get(stretch)).isBetween(10L * stretch, Math.min(89, 10L * stretch + 10));
        }
    }

    @Test
    void onlyThePartAskedForIsDrawnFrom() throws Exception {
        assertThat(draw(SHORT, 25, new FrameDraw.Part(0.4, 0.8), FRAMES, 1))
                .isEqualTo(LongStream.range(10, 20).boxed().toList());
        assertThat(draw(lengthy(), 1, new FrameDraw.Part(20, 60), 8, 1))
                .hasSize(8)
                .allSatisfy(second -> assertThat(second).isBetween(20L, 60L));
    }

    @Test
    void whoIsCancelledDrawsNoFurther() throws Exception {
        for (var film : List.of(SHORT, lengthy())) {
            assertThat(FrameDraw.draw(film, SourceOptions.DEFAULT, ALL, 8, 1, () -> true, Picture::width))
                    .isEmpty();
        }
    }
}

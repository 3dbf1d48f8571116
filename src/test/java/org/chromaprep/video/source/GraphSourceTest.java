package org.chromaprep.video.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.chromaprep.video.CaptureOptions;
import org.chromaprep.video.Picture;
import org.chromaprep.video.Rational;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.ReadResult.LostFrame;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.Watched;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphSourceTest {
    private static Watched watch(String graph) throws Exception {
        return Watched.of(new FilterGraph(graph));
    }

    private static List<ReadResult> results(String graph, long maxPixels) throws Exception {
        var results = new ArrayList<ReadResult>();
        try (var film = GraphSource.open(graph, "film", new SourceOptions(1, maxPixels, CaptureOptions.DEFAULT));
                var picture = new Picture()) {
            var result = film.read(picture);
            for (; !(result instanceof EndOfStream); result = film.read(picture)) {
                results.add(result);
            }
        }
        return results;
    }

    @Test
    void eachPictureHasItsGreyAndItsTime() throws Exception {
        var film = watch("color=black:size=16x16:rate=10:duration=0.5,format=gray,geq=lum=40*N");

        assertThat(film.luma()).extracting(luma -> luma[0] & 0xFF).containsExactly(0, 40, 80, 120, 160);
        assertThat(film.stamps()).containsExactly(0L, 1L, 2L, 3L, 4L);
        for (var i = 0; i < 5; i++) {
            assertThat(film.seconds().get(i)).isCloseTo(i / 10.0, within(1e-12));
        }
        assertThat(film.lost()).isEmpty();
    }

    @Test
    void theFactsAreThoseOfItsPictures() throws Exception {
        var info = watch("testsrc=size=64x48:rate=30000/1001:duration=0.2,format=yuv420p10le,"
                        + "setparams=colorspace=bt709:range=pc,setsar=4/3,transpose")
                .info();

        assertThat(info.width()).isEqualTo(48);
        assertThat(info.height()).isEqualTo(64);
        assertThat(info.pixelAspect()).isEqualTo(new Rational(3, 4));
        assertThat(info.frameRate()).isEqualTo(new Rational(30000, 1001));
        assertThat(info.timeBase()).isEqualTo(new Rational(1001, 30000));
        assertThat(info.pixelFormat()).isEqualTo("yuv420p10le");
        assertThat(info.colourMatrix()).isEqualTo("bt709");
        assertThat(info.fullRange()).isTrue();
        assertThat(info.hasAudio()).isFalse();
        assertThat(info.frameEstimate()).isEmpty();
    }

    @Test
    void secondZeroIsTheFirstPictures() throws Exception {
        var film = watch("testsrc=size=16x16:rate=25:duration=0.12,setpts=PTS+5/TB");

        assertThat(film.info().startPts()).isEqualTo(125);
        assertThat(film.stamps()).containsExactly(125L, 126L, 127L);
        assertThat(film.seconds().get(0)).isZero();
    }

    @Test
    void aRateThatTheFiltersDoNotKnowIsMeasured() throws Exception {
        var film =
                watch("color=size=16x16:rate=50:duration=0.1[a];color=size=16x16:rate=25:duration=0.1[b];[a][b]concat");

        assertThat(film.info().frameRate()).isEqualTo(new Rational(50, 1));
        assertThat(film.times()).hasSizeGreaterThan(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "testsrc=size=32x16:d=0.2,split[out0][out1]                  | 32 | false",
                "testsrc=size=16x16:d=0.2[out1];testsrc2=size=48x16:d=0.2[out0] | 48 | false",
                "sine=d=0.2[out0];testsrc=size=32x16:d=0.2[out1]              | 32 | true"
            })
    void ofSeveralOutputsTheFirstPictureIsTheFilm(String graph, int width, boolean audio) throws Exception {
        var film = watch(graph);

        assertThat(film.info().width()).isEqualTo(width);
        assertThat(film.info().hasAudio()).isEqualTo(audio);
        assertThat(film.times()).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nosuchfilter                        | is not a graph that FFmpeg can build (Filter not found: No such filter",
                "testsrc=foo=3                       | Could not set non-existent option 'foo'",
                "''                                  | No filters specified",
                "scale=32:32                         | has a filter whose input nothing is connected to; begin the graph with a source",
                "sine=d=0.1                          | has sound but no moving picture; name a graph that draws one.",
                "movie=/nowhere.mp4                  | No such file or directory",
                "testsrc=d=0.1,trim=end_frame=0      | draws no picture; check the filters' options.",
                "testsrc=size=16385x16385            | has frames of 16385x16385, more than the limit of"
            })
    void whatCannotBeDrawnIsOneSentence(String graph, String expected) {
        assertThatThrownBy(() -> watch(graph))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("lavfi:" + graph)
                .hasMessageContaining(expected)
                .hasMessageEndingWith(".");
    }

    @Test
    void aFilterThatFailsInTheMidstIsALostFrameAndTheEnd() throws Exception {
        var results = results("testsrc=size=16x16:duration=0.4,scale=w='if(lt(n,3),16,-5000)':h=16:eval=frame", 256);

        assertThat(results).hasSize(3).last().isInstanceOfSatisfying(LostFrame.class, lost -> assertThat(lost.reason())
                .startsWith("the filters failed: ")
                .doesNotEndWith("."));
        assertThat(results.subList(0, 2)).allMatch(FrameRead.class::isInstance);
    }

    @Test
    void aPictureThatGrowsBeyondTheLimitIsALostFrameAtItsTime() throws Exception {
        var results =
                results("testsrc=size=16x16:rate=25:duration=0.16,scale=w='if(eq(n,2),17,16)':h=16:eval=frame", 256);

        assertThat(results).hasSize(4);
        assertThat(results.get(1)).isInstanceOfSatisfying(LostFrame.class, lost -> {
            assertThat(lost.seconds()).hasValue(0.04);
            assertThat(lost.reason()).contains("17x16");
        });
        assertThat(results.get(2)).isInstanceOfSatisfying(FrameRead.class, read -> {
            assertThat(read.time().index()).isEqualTo(1);
            assertThat(read.time().seconds()).isEqualTo(0.08);
        });
    }
}

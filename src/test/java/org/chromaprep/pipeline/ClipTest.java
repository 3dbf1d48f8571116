package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.chromaprep.files.Json;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.shard.SampleRecord;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameChoice;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.pipeline.settings.PictureChoice;
import org.chromaprep.video.source.FilterGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of neighbouring frames: four each second of 25 frames; a scene begins at frame 27. */
class ClipTest {
    private static final FilterGraph FILM =
            new FilterGraph("testsrc=size=64x48:rate=25,trim=end_frame=27,format=yuv420p[a];"
                    + "mandelbrot=size=64x48:rate=25,trim=end_frame=60,format=yuv420p[b];[a][b]concat");

    @TempDir
    private Path folder;

    private static FilmSettings settings(FrameChoice choice) {
        return ColourFilm.settings(
                PictureChoice.DEFAULT,
                new FrameSelection(
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        1,
                        OptionalDouble.of(1),
                        OptionalLong.empty(),
                        4),
                choice,
                SampleMembers.LUMA);
    }

    private static List<SampleRecord> records(FilmResult result) throws Exception {
        var records = new ArrayList<SampleRecord>();
        for (var member : ColourFilm.members(result).entrySet()) {
            if (member.getKey().endsWith(".json")) {
                records.add(Json.MAPPER.readValue(member.getValue(), SampleRecord.class));
            }
        }
        return records;
    }

    @Test
    void neighboursOfATakenFrameAreTakenUpToTheScenesEnd() throws Exception {
        var result = ColourFilm.process(folder, FILM, settings(FrameChoice.ALL));
        var records = records(result);

        assertThat(records)
                .extracting(SampleRecord::frame)
                .containsExactly(0L, 1L, 2L, 3L, 25L, 26L, 50L, 51L, 52L, 53L, 75L, 76L, 77L, 78L);
        assertThat(records)
                .extracting(SampleRecord::clip)
                .containsExactly(0L, 0L, 0L, 0L, 25L, 25L, 50L, 50L, 50L, 50L, 75L, 75L, 75L, 75L);
        assertThat(records)
                .extracting(SampleRecord::clipFrame)
                .containsExactly(0, 1, 2, 3, 0, 1, 0, 1, 2, 3, 0, 1, 2, 3);
        var ledger = Files.readAllLines(result.folder().resolve("frames.jsonl"));
        assertThat(Json.MAPPER.readValue(ledger.get(27), LedgerLine.class).reason())
                .contains("a scene begins within its run");
        assertThat(Json.MAPPER.readValue(ledger.get(28), LedgerLine.class).reason())
                .contains("the frame before it in its run was left out");
    }

    @Test
    void whatAFrameShowsIsAskedOfARunsFirstFrameAlone() throws Exception {
        var choice = new FrameChoice(OptionalInt.of(1), OptionalInt.of(6), false);

        var records = records(ColourFilm.process(folder, FILM, settings(choice)));

        // One run a scene: frames of a run differ by less than six bits.
        assertThat(records).extracting(SampleRecord::frame).containsExactly(0L, 1L, 2L, 3L, 50L, 51L, 52L, 53L);
    }

    @Test
    void aRunThatWasStoppedWithinAClipContinuesIt() throws Exception {
        var choice = new FrameChoice(OptionalInt.of(1), OptionalInt.empty(), false);
        var undisturbed = ColourFilm.process(folder.resolve("undisturbed"), FILM, settings(choice));
        for (var stop : new int[] {2, 3, 26, 28, 52, 76}) {
            var out = folder.resolve("stop" + stop);
            ColourFilm.process(out, FILM, settings(choice), 1, stop);
            var continued = ColourFilm.process(out, FILM, settings(choice));
            assertThat(continued.folder().resolve("frames.jsonl"))
                    .hasSameBinaryContentAs(undisturbed.folder().resolve("frames.jsonl"));
        }
    }
}

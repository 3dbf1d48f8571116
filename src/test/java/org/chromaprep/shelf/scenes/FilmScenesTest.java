package org.chromaprep.shelf.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.film.Progress;
import org.chromaprep.output.film.RunDescription;
import org.chromaprep.output.film.SourceRecord;
import org.chromaprep.shelf.scenes.FilmScenes.Scene;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmScenesTest {
    @TempDir
    private Path out;

    /** 25 frames a second; scenes of 10, 30 and 10 frames, of which one is skipped and one is lost. */
    private void film(String name, boolean whole) throws Exception {
        var source = new SourceRecord(
                "=" + name + ".mp4",
                Optional.of("reels/=" + name + ".mp4"),
                Optional.of(1L),
                Optional.empty(),
                Optional.of(name),
                "h264",
                64,
                48,
                "25/1",
                Map.of("colour", "none"),
                Map.of("licence", "CC0, \"really\""));
        try (var film =
                FilmFolder.open(out, name, new RunDescription(Map.of(), source, Map.of(), Map.of(), true), false)) {
            for (var frame = 0L; frame < 50; frame++) {
                var scene = frame < 10 ? 0 : frame < 40 ? 1 : 2;
                if (frame == 20) {
                    film.line(LedgerLine.lost(Optional.empty(), Optional.of(0.8), "damaged"));
                    film.line(LedgerLine.skipped(
                            frame,
                            Optional.empty(),
                            frame / 25.0,
                            new LedgerLine.Place(scene, Optional.empty(), Optional.empty()),
                            "by request"));
                } else {
                    film.line(new LedgerLine(
                            Optional.of(frame),
                            Optional.empty(),
                            Optional.of(frame / 25.0),
                            LedgerLine.Outcome.WRITTEN,
                            Optional.empty(),
                            Optional.of(scene),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
                }
            }
            if (whole) {
                film.finish(Optional.empty(), new Progress(Map.of(), 0, List.of()));
            }
        }
    }

    @Test
    void scenesLieBetweenCutsAndSkippedFramesBelongToThem() throws Exception {
        film("film", true);
        film("unfinished", false);
        var films = FilmScenes.all(out);
        assertThat(films).singleElement().satisfies(film -> assertThat(film.scenes())
                .containsExactly(
                        new Scene(0, 0, 10, 0, 0.4),
                        new Scene(1, 10, 40, 0.4, 1.6),
                        new Scene(2, 40, 50, 1.6, 49 / 25.0 + 1 / 25.0)));
        assertThat(films.get(0).duration()).isEqualTo(2);
    }

    @Test
    void aFolderWithoutAFinishedFilmIsRefused() throws Exception {
        film("unfinished", false);
        assertThatThrownBy(() -> FilmScenes.all(out))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("holds no finished film");
    }

    @Test
    void theTableHasPySceneDetectsColumnsAndCountsFromOne() throws Exception {
        film("film", true);
        assertThat(SceneLists.csv(FilmScenes.all(out).get(0)).lines())
                .containsExactly(
                        "Scene Number,Start Frame,Start Timecode,Start Time (seconds),End Frame,End Timecode,End Time (seconds),Length (frames),"
                                + "Length (timecode),Length (seconds)",
                        "1,1,00:00:00.000,0.000,10,00:00:00.400,0.400,10,00:00:00.400,0.400",
                        "2,11,00:00:00.400,0.400,40,00:00:01.600,1.600,30,00:00:01.200,1.200",
                        "3,41,00:00:01.600,1.600,50,00:00:02.000,2.000,10,00:00:00.400,0.400");
    }

    @Test
    void theEditDecisionListAndTheTimelineHaveTheSameCuts() throws Exception {
        film("film", true);
        var film = FilmScenes.all(out).get(0);
        assertThat(SceneLists.edl(film))
                .contains(
                        "TITLE: film\nFCM: NON-DROP FRAME\n",
                        "\n002  AX       V     C        00:00:00:10 00:00:01:15 00:00:00:10 00:00:01:15\n* FROM CLIP NAME: =film.mp4\n");
        var timeline = Json.MAPPER.readTree(SceneLists.otio(film));
        assertThat(timeline.path("OTIO_SCHEMA").asText()).isEqualTo("Timeline.1");
        var clips = timeline.path("tracks").path("children").path(0).path("children");
        assertThat(clips).hasSize(3);
        assertThat(clips.path(1)
                        .path("source_range")
                        .path("start_time")
                        .path("value")
                        .asDouble())
                .isEqualTo(10);
        assertThat(clips.path(1)
                        .path("source_range")
                        .path("duration")
                        .path("value")
                        .asDouble())
                .isEqualTo(30);
    }

    @Test
    void theTableOverAllFilmsTellsCutsAMinuteAndIsNoFormula() throws Exception {
        film("a", true);
        film("b", true);
        FilmsTable.write(out, FilmScenes.all(out));
        var lines = Files.readAllLines(out.resolve(FilmsTable.FILE));
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("film,path,frames,").endsWith(",colour,licence");
        assertThat(lines.get(1))
                .startsWith(
                        "a,reels/=a.mp4,50,49,1,2.000,3,60.00,64,48,25.000,h264,1,UNTRAINED,,none,\"CC0, \"\"really\"\"\"");
        assertThat(FilmsTable.csv(List.of(List.of("=1+1", "-5", "@x", "a\nb")))).isEqualTo("'=1+1,-5,'@x,\"a\nb\"\r\n");
        assertThat(Files.readString(out.resolve(FilmsTable.PAGE)))
                .contains("UNTRAINED")
                .doesNotContain("http");
    }
}

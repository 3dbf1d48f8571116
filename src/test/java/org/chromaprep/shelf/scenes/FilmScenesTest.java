package org.chromaprep.shelf.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.film.ManifestFile;
import org.chromaprep.output.film.Progress;
import org.chromaprep.output.film.RunDescription;
import org.chromaprep.output.film.SourceRecord;
import org.chromaprep.shelf.scenes.FilmScenes.Scene;
import org.chromaprep.video.Rational;
import org.chromaprep.video.Timecode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmScenesTest {
    @TempDir
    private Path out;

    private static SourceRecord source(String name, String rate) {
        return new SourceRecord(
                "=" + name + ".mp4",
                Optional.of("reels/=" + name + ".mp4"),
                Optional.of(1L),
                Optional.empty(),
                Optional.of(name),
                "h264",
                64,
                48,
                rate,
                Map.of("colour", "none", "pixel_aspect", "12/11"),
                Map.of("licence", "CC0, \"really\""));
    }

    /** 25 frames a second; scenes of 10, 30 and 10 frames, of which one is skipped and one is lost. */
    private void film(String name, boolean whole) throws Exception {
        var source = source(name, "25/1");
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
                        new Scene(0, 0, 10, 0, 0.4, new Timecode(25, false, 0)),
                        new Scene(1, 10, 40, 0.4, 1.6, new Timecode(25, false, 10)),
                        new Scene(2, 40, 50, 1.6, 49 / 25.0 + 1 / 25.0, new Timecode(25, false, 40))));
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
        assertThat(SceneLists.edl(film).get(0))
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

    /** A film of scenes that begin at seconds and of codes, where it has them. */
    private FilmScenes film(String rate, List<Scene> scenes) throws Exception {
        try (var film = FilmFolder.open(
                out, "film", new RunDescription(Map.of(), source("film", rate), Map.of(), Map.of(), false), false)) {
            film.finish(Optional.empty(), new Progress(Map.of(), 0, List.of()));
        }
        return new FilmScenes(out.resolve("film"), ManifestFile.read(out.resolve("film")), scenes);
    }

    @Test
    void dropFrameCodesAreTheFilmsOwnAndLeaveNumbersOut() throws Exception {
        var rate = 30000 / 1001.0;
        // A minute has 1,800 codes, of which two are left out: 00:00:59;29 is followed by 00:01:00;02.
        var first = Timecode.of(new Rational(30000, 1001), "00:00:59;20").orElseThrow();
        var film = film(
                "30000/1001",
                List.of(
                        new Scene(0, 0, 10, 0, 10 / rate, first),
                        new Scene(1, 10, 1810, 10 / rate, 1810 / rate, first.plus(10))));

        assertThat(SceneLists.edl(film))
                .singleElement()
                .asString()
                .contains("\nFCM: DROP FRAME\n")
                .contains("\n001  AX       V     C        00:00:59;20 00:01:00;02 00:00:59;20 00:01:00;02\n")
                .contains("\n002  AX       V     C        00:01:00;02 00:02:00;04 00:01:00;02 00:02:00;04\n");
        var clips = Json.MAPPER.readTree(SceneLists.otio(film)).at("/tracks/children/0/children");
        // Frames that there are: 59 seconds and 20 frames of 30 numbers, none left out before the first minute.
        assertThat(clips.at("/0/source_range/start_time/value").asDouble()).isEqualTo(59 * 30 + 20);
        assertThat(clips.at("/1/source_range/duration/value").asDouble()).isEqualTo(1800);
        assertThat(clips.at("/1/source_range/duration/rate").asDouble()).isEqualTo(rate);
        assertThat(clips.at("/1/media_reference/available_range/start_time/value")
                        .asDouble())
                .isEqualTo(59 * 30 + 20);
        assertThat(clips.at("/1/media_reference/available_range/duration/value").asDouble())
                .isEqualTo(1810);
    }

    @Test
    void codesOfTheLedgerAreTaken() throws Exception {
        var line = new LedgerLine(
                        Optional.of(0L),
                        Optional.empty(),
                        Optional.of(0.0),
                        LedgerLine.Outcome.WRITTEN,
                        Optional.empty(),
                        Optional.of(0),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())
                .withTimecode("10:00:00:05");
        try (var film = FilmFolder.open(
                out, "coded", new RunDescription(Map.of(), source("coded", "25/1"), Map.of(), Map.of(), true), false)) {
            film.line(line);
            film.finish(Optional.empty(), new Progress(Map.of(), 0, List.of()));
        }
        assertThat(SceneLists.edl(FilmScenes.all(out).get(0)).get(0))
                .contains("10:00:00:05 10:00:00:06 10:00:00:05 10:00:00:06");
    }

    @Test
    void framesOfAChangingRateAreCountedByTheirTimes() throws Exception {
        // Ten frames in two seconds of a film of 25 frames a second.
        var film = film("25/1", List.of(new Scene(0, 0, 10, 0, 2, new Timecode(25, false, 0))));

        assertThat(SceneLists.edl(film).get(0)).contains("00:00:00:00 00:00:02:00");
    }

    @Test
    void aFilmOfMoreScenesThanAListCanHoldHasSeveralLists() throws Exception {
        var scenes = IntStream.range(0, 2000)
                .mapToObj(i -> new Scene(i, i * 25L, i * 25L + 25, i, i + 1, new Timecode(25, false, i * 25L)))
                .toList();
        SceneLists.write(film("25/1", scenes), out);

        assertThat(out.resolve("film.edl")).content().contains("\n999  AX ").doesNotContain("\n1000  AX");
        assertThat(out.resolve("film-2.edl"))
                .content()
                .contains("\n001  AX       V     C        00:16:39:00 00:16:40:00");
        assertThat(out.resolve("film-3.edl")).content().contains("\n002  AX ").doesNotContain("\n003  AX ");
        assertThat(out.resolve("film-4.edl")).doesNotExist();
    }

    @Test
    void theTableOverAllFilmsTellsCutsAMinuteAndIsNeitherFormulaNorDate() throws Exception {
        film("a", true);
        film("b", true);
        FilmsTable.write(out, FilmScenes.all(out));
        var lines = Files.readAllLines(out.resolve(FilmsTable.FILE));
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("film,path,frames,").endsWith(",colour,pixel_aspect,licence");
        assertThat(lines.get(1))
                .startsWith(
                        "a,reels/=a.mp4,50,49,1,2.000,3,60.00,64,48,25.000,h264,1,UNTRAINED,,none,1.090909,\"CC0, \"\"really\"\"\"");
        assertThat(FilmsTable.csv(List.of(List.of("=1+1", "-5", "@x", "a\nb")))).isEqualTo("'=1+1,-5,'@x,\"a\nb\"\r\n");
        assertThat(Files.readString(out.resolve(FilmsTable.PAGE)))
                .contains("UNTRAINED")
                .doesNotContain("http");
    }
}

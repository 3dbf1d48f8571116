package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.chromaprep.TestData;
import org.chromaprep.video.StoredPackets;
import org.chromaprep.video.StoredPackets.Packet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Films with the properties that people reported to other programs: what the streams' own facts say is there is there. The
 * numbers are those of ffprobe or of arithmetic.
 */
@Tag("slow")
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class CasesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MILLISECOND = 1.5e-3;
    private static final int ADTS_HEAD = 7;

    @TempDir
    private Path temporary;

    /** A film that has been processed. */
    private record Done(Program.Ended ended, Path folder) {
        JsonNode manifest() throws IOException {
            return JSON.readTree(folder.resolve("manifest.json").toFile());
        }

        List<JsonNode> lines(boolean lost) throws IOException {
            var lines = new ArrayList<JsonNode>();
            for (var line : Files.readAllLines(folder.resolve("frames.jsonl"))) {
                var node = JSON.readTree(line);
                if (node.get("frame").isNull() == lost) {
                    lines.add(node);
                }
            }
            return lines;
        }

        List<List<Packet>> video() {
            return StoredPackets.of(folder.resolve("annotated.mp4"));
        }

        /** Each frame's grey picture. */
        List<double[][]> luma() throws IOException {
            var pictures = new ArrayList<double[][]>();
            List<Path> shards;
            try (var files = Files.list(folder.resolve("shards"))) {
                shards = files.filter(file -> file.toString().endsWith(".tar"))
                        .sorted(Comparator.naturalOrder())
                        .toList();
            }
            for (var shard : shards) {
                try (var tar = new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(shard)))) {
                    for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                        if (entry.getName().endsWith(".luma.png")) {
                            var image = ImageIO.read(new ByteArrayInputStream(tar.readAllBytes()));
                            pictures.add(IntStream.range(0, image.getHeight())
                                    .mapToObj(y -> IntStream.range(0, image.getWidth())
                                            .mapToDouble(x -> image.getRaster().getSample(x, y, 0))
                                            .toArray())
                                    .toArray(double[][]::new));
                        }
                    }
                }
            }
            return pictures;
        }
    }

    private Done process(String file, String... more) {
        var input = TestData.path("cases/" + file);
        var out = temporary.resolve("out");
        var options = new ArrayList<>(List.of("--annotate", "panels"));
        options.addAll(List.of(more));
        var ended = Program.process(out, List.of(input.toString()), options.toArray(String[]::new));
        var name = input.getFileName().toString();
        return new Done(ended, out.resolve(name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name));
    }

    /** The last number: until when the last picture stays in view, in the annotated video, from the first picture on. */
    @ParameterizedTest
    @CsvSource({
        "s1_cut_at_97_percent.mkv, 3, 580, 1, 58.0",
        "s7_cut.mxf, 3, 33, 1, 1.32",
        "a1_subtitle_outlasts.mkv, 0, 75, 0, 3",
        "a2_audio_outlasts.mkv, 0, 75, 0, 3",
        "a4_starts_at_10s.mkv, 0, 75, 0, 3",
        "a3_video_late.mkv, 0, 75, 0, 3",
        "b1_two_cells.vob, 0, 50, 0, 2",
        "b2_two_recordings.ts, 0, 100, 0, 4",
        "r1_two_mpgs.mpg, 0, 100, 0, 4",
        "b2v_two_recordings_silent.ts, 0, 100, 0, 4",
        "b4_clock_wraps.ts, 0, 75, 0, 3",
        "b5_clock_wraps_2s.ts, 0, 75, 0, 3",
        "c1_truehd.mkv, 0, 50, 0, 2",
        "q1_mp3_11k.avi, 0, 25, 0, 1.12",
        "dv2.dv, 0, 2, 0, 0.08",
        "d1_pts_is_dts.mp4, 0, 48, 0, 1.94",
        "e1_last_picture_6s.mp4, 0, 4, 0, 8",
        "e2_one_picture_10s.mp4, 0, 1, 0, 10",
        "n8_timelapse.mp4, 0, 4, 0, 40",
        "f1_two_angles.mkv, 0, 50, 0, 2",
        "g1_clean_aperture.mp4, 0, 50, 0, 2",
        "h1_sar64_45.mp4, 0, 10, 0, 0.4",
        "i11_mjpeg.mov, 0, 15, 0, 0.6",
        "i4_huffyuv.mkv, 0, 15, 0, 0.6",
        "k2_null_frames.avi, 0, 20, 0, 1",
        "lin.exr, 0, 1, 0, 0.04",
        "photo_grid.avif, 0, 1, 0, 1",
        "y411.avi, 0, 1, 0, 0.04",
        "sequence_gap, 3, 9, 3, 0.5",
        "adversary/zero_ffv1_mkv.mkv, 3, 79, 21, 4",
        "adversary/i264_nokey.mkv, 3, 75, 24, 3",
        "adversary/trunc_huffyuv_avi.avi, 3, 60, 40, 2.4",
        "adversary/back1h.ts, 0, 20, 0, 1.88",
        "adversary/joined_recordings.ts, 0, 40, 0, 3.92"
    })
    void everyFrameThatIsThereIsWrittenAndEveryOneThatIsNotIsReported(
            String file, int exit, int written, int lost, double seconds) throws IOException {
        var done = process(file);
        assertThat(done.ended().exit()).as(done.ended().err()).isEqualTo(exit);
        assertThat(done.lines(false)).hasSize(written);
        assertThat(done.lines(true)).hasSize(lost);
        var pictures = done.video().get(0);
        assertThat(pictures).hasSize(written);
        assertThat(shownFor(done.folder().resolve("annotated.mp4"))).isCloseTo(seconds, within(MILLISECOND));
        assertThat(done.manifest().get("complete").asBoolean()).isTrue();
    }

    private static double shownFor(Path video) {
        var pictures = StoredPackets.of(video).get(0);
        var first = pictures.stream().mapToDouble(Packet::seconds).min().orElseThrow();
        return pictures.stream()
                        .mapToDouble(packet -> packet.seconds() + packet.duration())
                        .max()
                        .orElseThrow()
                - first;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b1_two_cells.vob",
                "b2_two_recordings.ts",
                "r1_two_mpgs.mpg",
                "b4_clock_wraps.ts",
                "b5_clock_wraps_2s.ts",
                "a2_audio_outlasts.mkv",
                "a3_video_late.mkv"
            })
    void allSoundOfAFilmIsInItsAnnotatedVideo(String file) {
        var source = StoredPackets.of(TestData.path("cases/" + file)).get(1);
        var kept = process(file).video().get(1);
        assertThat(kept).hasSameSizeAs(source);
        for (var i = 0; i < kept.size(); i++) {
            // AAC's head in a transport stream is none of it elsewhere.
            var bytes = source.get(i).bytes();
            var head = bytes.limit() - kept.get(i).bytes().limit();
            assertThat(head).isIn(0, ADTS_HEAD);
            assertThat(bytes.slice(head, bytes.limit() - head))
                    .isEqualTo(kept.get(i).bytes());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--shard-frames=20"})
    void aClockThatRunsOverKeepsSoundAndPictureTogether(String option) {
        for (var file : List.of("b4_clock_wraps.ts", "b5_clock_wraps_2s.ts")) {
            var done = option.isEmpty() ? process(file) : process(file, option.split("="));
            assertThat(done.ended().exit()).as(done.ended().err()).isZero();
            var video = done.video();
            assertThat(video.get(0).get(0).seconds() - video.get(1).get(0).seconds())
                    .isCloseTo(0.021, within(MILLISECOND));
        }
    }

    @Test
    void aPictureThatComesLateIsSecondZero() throws IOException {
        assertThat(process("a3_video_late.mkv").lines(false).get(0).get("time").asDouble())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "b1_two_cells.vob, 25, jumps by -0.960 s",
        "b2_two_recordings.ts, 50, jumps by -1.960 s",
        "adversary/back1h.ts, 9, jumps by -3599.920 s",
        "k2_null_frames.avi, 5, 3 empty chunks before it"
    })
    void theLedgerNamesTheFrameBehindAJumpOrAGap(String file, int frame, String reason) throws IOException {
        assertThat(process(file).lines(false).get(frame).get("reason").asText()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "c1_truehd.mkv, Sound stream 1 (truehd) was left out",
        "q1_mp3_11k.avi, Sound stream 1 (mp3) was left out",
        "a1_subtitle_outlasts.mkv, Subtitle stream 1 (subrip) was left out",
        "f1_two_angles.mkv, has 2 video tracks"
    })
    void whatIsLeftOutIsSaid(String file, String said) {
        assertThat(process(file).ended().err()).contains(said);
    }

    @Test
    void theOtherTrackCanBeChosen() throws IOException {
        var first = process("f1_two_angles.mkv").luma().get(0);
        assertThat(process("f1_two_angles.mkv", "--video-track", "1", "--overwrite")
                        .luma()
                        .get(0))
                .isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"g1_clean_aperture.mp4, 160, 80", "photo_grid.avif, 256, 256", "dv2.dv, 720, 576"})
    void aPictureIsOfTheSizeThatItsContainerMeans(String file, int width, int height) throws IOException {
        var source = process(file).manifest().get("source");
        assertThat(List.of(source.get("width").asInt(), source.get("height").asInt()))
                .containsExactly(width, height);
    }

    @Test
    void missingNumbersOfASequenceAreLostAndKeepTheTime() throws IOException {
        var done = process("sequence_gap");
        assertThat(done.lines(true))
                .extracting(line -> line.get("pts").asLong())
                .containsExactly(86405L, 86406L, 86407L);
        assertThat(done.lines(false).get(5).get("time").asDouble()).isCloseTo(8 / 24.0, within(1e-9));
    }

    /** The mean is that of the same picture in PNG. */
    @Test
    void linearLightGivesTheGreyOfTheSamePictureOnAScreen() throws IOException {
        assertThat(mean(process("lin.exr", "--size", "128x96").luma().get(0))).isCloseTo(122.9, within(0.1));
    }

    private static double mean(double[][] picture) {
        return Arrays.stream(picture).flatMapToDouble(Arrays::stream).average().orElseThrow();
    }

    @Test
    void packedPicturesOfFourLumasAChromaAreUnpacked() throws IOException {
        var stored =
                StoredPackets.of(TestData.path("cases/y411.avi")).get(0).get(0).bytes();
        var luma = process("y411.avi", "--size", "128x96").luma().get(0);
        // U Y Y V Y Y
        var places = new int[] {1, 2, 4, 5};
        for (var y = 0; y < 96; y++) {
            for (var x = 0; x < 128; x++) {
                var code = stored.get((y * 32 + x / 4) * 6 + places[x % 4]) & 0xFF;
                assertThat(luma[y][x]).isCloseTo(Math.min(255, Math.max(0, (code - 16) * 255 / 219.0)), within(0.51));
            }
        }
    }

    /** Combs are rows that differ from both neighbours more than these from each other. */
    @ParameterizedTest
    @ValueSource(strings = {"i4_huffyuv.mkv", "i11_mjpeg.mov"})
    void combsGoWhereOnlyTheContainerTellsOfThem(String file) throws IOException {
        var woven = combs(
                process(file, "--size", "160x120", "--deinterlace", "none").luma());
        var whole = combs(process(file, "--size", "160x120", "--overwrite").luma());
        assertThat(woven).isGreaterThan(3 * whole);
    }

    private static double combs(List<double[][]> film) {
        var combs = 0.0;
        for (var picture : film) {
            for (var y = 1; y + 1 < picture.length; y++) {
                for (var x = 0; x < picture[y].length; x++) {
                    combs += Math.max(
                            0,
                            Math.abs(2 * picture[y][x] - picture[y - 1][x] - picture[y + 1][x])
                                    - 2 * Math.abs(picture[y - 1][x] - picture[y + 1][x]));
                }
            }
        }
        return combs;
    }

    @Test
    void aLetterboxedPictureHasTheShapeThatItsPixelsGiveIt() throws IOException {
        var rows = Arrays.stream(process("h1_sar64_45.mp4", "--fit", "letterbox", "--size", "64x64")
                        .luma()
                        .get(0))
                .filter(row -> Arrays.stream(row).distinct().count() > 1)
                .count();
        assertThat(rows).isEqualTo(34);
    }

    @Test
    void weightsWithAWrongChecksumAreRefused() {
        var weights = TestData.path("cases/adversary/crc.npz");
        assertThat(process("dv2.dv", "--weights", weights.toString()).ended().exit())
                .isEqualTo(ExitCode.WEIGHTS.number());
    }

    /** Rows about folders and names are tried by {@link FolderCasesTest}, those about streams by the live sources' tests. */
    @Test
    void everyCaseThatIsToldOfIsTriedHere() throws IOException {
        var others = Set.of(
                "ignored_kinds/",
                "names/",
                "appledouble/",
                "posters/",
                "poster.jpg",
                "film.mp4",
                "._film.mp4",
                "live/srv.py",
                "live/srvm.py",
                "live/nokey.ts",
                "crc.npz");
        var tried = Files.readString(Path.of("src/test/java/org/chromaprep/cli/CasesTest.java"));
        var rows = Files.readAllLines(TestData.path("cases/README.md")).stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split("\\|")[1])
                .flatMap(CasesTest::names)
                .filter(name -> !others.contains(name))
                .toList();
        assertThat(rows).hasSizeGreaterThan(20).allSatisfy(name -> assertThat(tried)
                .containsPattern("[\"/]" + Pattern.quote(name.replace("/", ""))));
    }

    private static Stream<String> names(String cell) {
        return Pattern.compile("[A-Za-z0-9_./]+\\.[a-z0-9]+|[a-z_]+/")
                .matcher(cell)
                .results()
                .map(match -> match.group());
    }
}

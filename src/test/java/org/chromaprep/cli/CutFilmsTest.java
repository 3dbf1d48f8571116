package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.chromaprep.video.RecordedFilm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Films whose ends are missing: what is in the file is written, and what is not is reported with its length. */
@Tag("slow")
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class CutFilmsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FRAMES = 100;

    @TempDir
    private Path temporary;

    private Path film(String name, String format, int codec) throws Exception {
        return RecordedFilm.write(temporary.resolve(name), format, codec, FRAMES);
    }

    private static void cut(Path film, double share) throws IOException {
        var bytes = Files.readAllBytes(film);
        Files.write(film, Arrays.copyOf(bytes, (int) (bytes.length * share)));
    }

    /** Chunks of pictures whose whole length is in the file. */
    private static int wholeChunks(Path avi) throws IOException {
        var bytes = Files.readAllBytes(avi);
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        var count = 0;
        for (var at = text.indexOf("00dc", text.indexOf("movi")); at >= 0; at = text.indexOf("00dc", at + 4)) {
            var length = bytes[at + 4] & 0xff | (bytes[at + 5] & 0xff) << 8 | (bytes[at + 6] & 0xff) << 16;
            count += at + 8 + length <= bytes.length ? 1 : 0;
        }
        return count;
    }

    private JsonNode manifest() throws IOException {
        return JSON.readTree(temporary.resolve("out/film/manifest.json").toFile());
    }

    private List<String> losses() throws IOException {
        try (Stream<String> lines = Files.lines(temporary.resolve("out/film/frames.jsonl"))) {
            return lines.filter(line -> line.contains("\"frame\":null")).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.6, 0.95})
    void everyPictureOfAnAviFilmWithoutItsIndexIsWrittenAndTheRestLost(double share) throws Exception {
        var film = film("film.avi", "avi", avcodec.AV_CODEC_ID_MJPEG);
        cut(film, share);
        var whole = wholeChunks(film);

        var ended = Program.process(temporary.resolve("out"), List.of(film.toString()));

        assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.INPUT.number());
        var counts = manifest().get("ledger");
        assertThat(counts.get("written").asInt()).isBetween(whole, whole + 1);
        assertThat(losses()).hasSize(FRAMES - counts.get("written").asInt());
    }

    @Test
    void anFlvFilmThatIsCutSaysHowManySecondsAreMissing() throws Exception {
        var film = film("film.flv", "flv", avcodec.AV_CODEC_ID_FLV1);
        cut(film, 0.5);

        var ended = Program.process(temporary.resolve("out"), List.of(film.toString()));

        assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.INPUT.number());
        var written = manifest().get("ledger").get("written").asInt();
        assertThat(written).isBetween(20, FRAMES - 20);
        // The header's length, 100 pictures of 0.04 s, less what is there.
        assertThat(losses())
                .singleElement()
                .asString()
                .contains("the FLV header says 4.000 s", "or about " + (FRAMES - written) + " frames are missing");
    }
}

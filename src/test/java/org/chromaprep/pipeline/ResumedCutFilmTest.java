package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.ffmpeg.global.avcodec;
import org.chromaprep.video.RecordedFilm;
import org.chromaprep.video.source.FilmFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A film whose end and index are missing, and whose run was stopped in its midst, continues as if it had not been. */
@Tag("slow")
class ResumedCutFilmTest {
    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(longs = {1, 7})
    void theLedgerIsThatOfAnUndisturbedRun(long stopAfter) throws Exception {
        var file = RecordedFilm.write(temporary.resolve("film.avi"), "avi", avcodec.AV_CODEC_ID_MJPEG, 30);
        var bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length * 6 / 10));
        var film = SmallFilm.of(new FilmFile(file));
        var out = temporary.resolve("out");
        var stop = new StopSignal();

        try (var engine = SmallFilm.engine()) {
            var stopped = film.process(
                    out,
                    engine,
                    1,
                    decoded -> {
                        if (decoded == stopAfter) {
                            stop.request();
                        }
                    },
                    new SimpleMeterRegistry(),
                    stop);
            assertThat(stopped.ending()).isEqualTo(FilmResult.Ending.INTERRUPTED);
        }
        var done = film.process(out);
        var undisturbed = temporary.resolve("undisturbed");
        film.process(undisturbed);

        assertThat(done.counts().lost()).isPositive();
        assertThat(done.counts().written() + done.counts().lost()).isEqualTo(30);
        assertThat(out.resolve("film/frames.jsonl")).hasSameBinaryContentAs(undisturbed.resolve("film/frames.jsonl"));
    }
}

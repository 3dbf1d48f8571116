package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.chromaprep.files.Hashes;
import org.chromaprep.files.SealedJson;
import org.chromaprep.output.film.Verifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a run that continues believes what was recorded of the film is seen by a record that says something else. */
@Tag("slow")
class StoredViewTest {
    private static final String NO_HASH = "0".repeat(64);

    @TempDir
    private Path temporary;

    private Path out;
    private Path stored;
    private SmallFilm film;

    @BeforeEach
    void beginAFilm() throws Exception {
        film = SmallFilm.write(temporary.resolve("film.avi"));
        out = temporary.resolve("out");
        stored = out.resolve("film/.view.json");
        var stop = new StopSignal();
        try (var engine = SmallFilm.engine()) {
            var ended = film.process(
                    out,
                    engine,
                    1,
                    decoded -> {
                        if (decoded >= 6) {
                            stop.request();
                        }
                    },
                    new SimpleMeterRegistry(),
                    stop);
            assertThat(ended.ending()).isEqualTo(FilmResult.Ending.INTERRUPTED);
        }
        assertThat(Verifier.verify(out).get(0).findings()).isEmpty();
    }

    private void recordAnotherHash() throws Exception {
        var now = StoredView.in(out.resolve("film")).orElseThrow();
        new StoredView(now.settings(), now.versions(), now.stamps(), List.of(NO_HASH), now.view())
                .write(out.resolve("film"));
    }

    private String manifest() throws Exception {
        return Files.readString(out.resolve("film/manifest.json"));
    }

    private void assertContinued(SmallFilm continued) throws Exception {
        assertThat(continued.process(out).ending()).isEqualTo(FilmResult.Ending.COMPLETE);
        continued.assertAsUndisturbed(out);
        assertThat(manifest()).doesNotContain(NO_HASH);
        assertThat(stored).doesNotExist();
        assertThat(Verifier.verify(out).get(0).findings()).isEmpty();
    }

    @Test
    void aFilmThatIsWhatItWasIsNotReadAgain() throws Exception {
        recordAnotherHash();
        assertThat(film.process(out).ending()).isEqualTo(FilmResult.Ending.COMPLETE);
        assertThat(manifest()).contains(NO_HASH);
    }

    @Test
    void whatWasRecordedOfAFilmMakesTheSameBytes() throws Exception {
        assertContinued(film);
    }

    @Test
    void aFilmIsReadAgainIfItsTimeStampIsAnotherOne() throws Exception {
        recordAnotherHash();
        Files.setLastModifiedTime(film.file(), FileTime.fromMillis(0));
        assertContinued(film);
    }

    @Test
    void aFilmIsReadAgainIfThatIsAskedFor() throws Exception {
        recordAnotherHash();
        assertContinued(film.rehashed());
    }

    @Test
    void aFilmIsReadAgainIfWhatWasRecordedIsDamaged() throws Exception {
        recordAnotherHash();
        Files.writeString(stored, Files.readString(stored).replace("\"targets\"", "\"tragets\""));
        assertThat(SealedJson.read(stored).seal()).isEqualTo(SealedJson.Seal.BROKEN);
        assertThat(Verifier.verify(out).get(0).findings())
                .singleElement()
                .asString()
                .contains(".view.json is not as it was written");
        assertContinued(film);
    }

    @Test
    void aFilmThatHasGrownIsReadAgain() throws Exception {
        Files.write(film.file(), new byte[] {1}, StandardOpenOption.APPEND);
        assertContinued(film);
        assertThat(manifest()).contains(Hashes.sha256(film.file(), () -> false).orElseThrow());
    }
}

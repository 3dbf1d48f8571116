package org.chromaprep.output.film;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierRunTest {
    private static final OptionalLong SAME = OptionalLong.of(1234);

    @TempDir
    private Path temporary;

    @Test
    void aFilmThatWasNeverBegunHasNotFailed() {
        assertThat(EarlierRun.failed(temporary.resolve("film"), SAME)).isFalse();
    }

    @Test
    void aWholeFilmHasNotFailedWhateverBecameOfItsFile() throws Exception {
        var folder = SmallRun.write(temporary);
        assertThat(EarlierRun.failed(folder, SAME)).isFalse();
        assertThat(EarlierRun.failed(folder, OptionalLong.of(99))).isFalse();
    }

    @Test
    void aFilmWithLostFramesHasFailed() throws Exception {
        try (var film = SmallRun.open(temporary, false)) {
            film.line(LedgerLine.lost(Optional.empty(), Optional.empty(), "damage"));
            SmallRun.finish(film, SmallRun.shards(film));
        }
        assertThat(EarlierRun.failed(temporary.resolve(SmallRun.NAME), SAME)).isTrue();
    }

    @Test
    void anInterruptedFilmHasFailedOnlyIfItsFileIsAnother() throws Exception {
        try (var film = SmallRun.open(temporary, false)) {
            SmallRun.frames(film, SmallRun.shards(film), 0, 3);
        }
        var folder = temporary.resolve(SmallRun.NAME);
        assertThat(EarlierRun.failed(folder, SAME)).isFalse();
        assertThat(EarlierRun.failed(folder, OptionalLong.empty())).isFalse();
        assertThat(EarlierRun.failed(folder, OptionalLong.of(1235))).isTrue();
    }

    @Test
    void aDamagedManifestIsAFailure() throws Exception {
        var folder = SmallRun.write(temporary);
        Files.writeString(folder.resolve("manifest.json"), "{");
        assertThat(EarlierRun.failed(folder, SAME)).isTrue();
    }
}

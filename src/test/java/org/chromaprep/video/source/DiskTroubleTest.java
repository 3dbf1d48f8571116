package org.chromaprep.video.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chromaprep.video.source.DiskTrouble.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTroubleTest {
    private static final long BYTES = 10_000_001;
    private static final long PLACE = 5_432_100;

    private static DiskTrouble.Reading failing(long from, long to) {
        return place -> {
            assertThat(place % 4096).isZero();
            assertThat(place).isBetween(0L, BYTES);
            if (place + 4096 > from && place < to) {
                throw new IOException("Input/output error");
            }
        };
    }

    @Test
    void aPlaceThatStaysUnreadableInAFileThatIsNotIsThePlacesFault() {
        assertThat(DiskTrouble.of(PLACE, BYTES, failing(PLACE, PLACE + 1))).isEqualTo(Fault.PLACE);
        assertThat(DiskTrouble.of(PLACE, BYTES, failing(PLACE + 100_000, BYTES - 5_000)))
                .isEqualTo(Fault.PLACE);
        assertThat(DiskTrouble.of(0, BYTES, failing(0, 10))).isEqualTo(Fault.PLACE);
        assertThat(DiskTrouble.of(BYTES, BYTES, failing(BYTES - 1, BYTES))).isEqualTo(Fault.PLACE);
    }

    @Test
    void aFileThatIsReadableNowhereIsTheDisksFault() {
        assertThat(DiskTrouble.of(PLACE, BYTES, failing(0, BYTES))).isEqualTo(Fault.DISK);
        assertThat(DiskTrouble.of(Path.of("no", "such", "film.mp4"), 0)).isEqualTo(Fault.DISK);
    }

    @Test
    void aPlaceThatCanBeReadAgainWasNobodysFault(@TempDir Path folder) throws IOException {
        assertThat(DiskTrouble.of(PLACE, BYTES, failing(0, 0))).isEqualTo(Fault.PASSED);
        var film = Files.write(folder.resolve("film.mp4"), new byte[70_001]);
        assertThat(DiskTrouble.of(film, 50_000)).isEqualTo(Fault.PASSED);
        assertThat(DiskTrouble.of(film, 70_001)).isEqualTo(Fault.PASSED);
    }
}

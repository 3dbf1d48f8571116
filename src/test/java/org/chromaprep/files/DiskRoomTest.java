package org.chromaprep.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskRoomTest {
    private static final int MEGA = 1_000_000;

    @TempDir
    private Path out;

    private long left = 100 * MEGA;
    private int files;

    private final DiskRoom room = new DiskRoom(folder -> OptionalLong.of(left));

    private DiskRoom.Share share(String film) {
        return room.share(out, out.resolve(film), film);
    }

    /** A film writes, which takes room. */
    private void write(String film, int bytes) throws IOException {
        Files.write(
                Files.createDirectories(out.resolve(film).resolve("shards")).resolve(files++ + ".tar"),
                new byte[bytes]);
        left -= bytes;
    }

    private static void assertWaits(DiskRoom.Share share, long needed) {
        var refusal = catchThrowableOfType(OutputException.class, () -> share.reserve(needed));
        assertThat(refusal.roomNeeded()).hasValue(needed);
        assertThat(refusal.isOfTheDisk()).isFalse();
    }

    @Test
    void twoFilmsThatEachFitAreNotBegunTogether() throws Exception {
        try (var one = share("one");
                var other = share("other")) {
            one.reserve(60 * MEGA);
            assertThatThrownBy(() -> other.reserve(60 * MEGA))
                    .isInstanceOf(OutputException.class)
                    .hasMessage(
                            "other may need 60 MB, and of the 100 MB that the disk of " + out
                                    + " has left, the films at work may still write 60 MB; it is processed when they have ended.");
            other.reserve(40 * MEGA);
        }
    }

    @Test
    void whatAFilmHasWrittenCountsOffWhatItHasReserved() throws Exception {
        write("one", 7 * MEGA);
        left = 100 * MEGA;
        try (var one = share("one");
                var other = share("other")) {
            one.reserve(60 * MEGA);
            write("one", 20 * MEGA);
            assertWaits(other, 41 * MEGA);
            other.reserve(40 * MEGA);
        }
    }

    @Test
    void aFilmThatWritesMoreThanItSaidTakesNothingOfOthers() throws Exception {
        try (var one = share("one");
                var other = share("other")) {
            one.reserve(10 * MEGA);
            write("one", 30 * MEGA);
            other.reserve(70 * MEGA);
        }
    }

    @Test
    void theRoomIsFreeWhenTheFilmHasEnded() throws Exception {
        try (var other = share("other")) {
            try (var one = share("one")) {
                one.reserve(60 * MEGA);
                assertWaits(other, 60 * MEGA);
            }
            other.reserve(60 * MEGA);
        }
    }

    @Test
    void aFilmThatReservesAgainKeepsWhatItHasNotWritten() throws Exception {
        try (var one = share("one");
                var other = share("other")) {
            one.reserve(60 * MEGA);
            write("one", 10 * MEGA);
            one.reserve(5 * MEGA);
            assertWaits(other, 41 * MEGA);
            other.reserve(40 * MEGA);
        }
    }

    @Test
    void aFilmThatDoesNotFitAloneIsRefusedForGood() {
        try (var one = share("one")) {
            var refusal = catchThrowableOfType(OutputException.class, () -> one.reserve(101 * MEGA));
            assertThat(refusal).hasMessageContaining("one may need 101 MB, but the disk of ");
            assertThat(refusal.roomNeeded()).isEmpty();
        }
    }

    @Test
    void whatOthersMayFreeWhenTheyEndIsWaitedFor() throws Exception {
        try (var one = share("one");
                var other = share("other")) {
            one.reserve(10 * MEGA);
            assertWaits(other, 101 * MEGA);
            assertThat(room.has(out, 90 * MEGA)).isTrue();
            assertThat(room.has(out, 90 * MEGA + 1)).isFalse();
        }
    }

    @Test
    void aDiskThatDoesNotSayItsRoomHasEnough() throws Exception {
        var silent = new DiskRoom(folder -> OptionalLong.empty());
        try (var one = silent.share(out, out.resolve("one"), "one");
                var other = silent.share(out, out.resolve("other"), "other")) {
            one.reserve(Long.MAX_VALUE / 2);
            other.reserve(Long.MAX_VALUE / 2);
        }
        assertThat(silent.left(out)).isEmpty();
    }
}

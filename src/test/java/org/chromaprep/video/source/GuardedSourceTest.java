package org.chromaprep.video.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.chromaprep.files.DiskProbe;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.ReadResult.LostFrame;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.VideoSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GuardedSourceTest {
    private static final Duration SOON = Duration.ofMillis(200);
    private static final LostFrame LOST = new LostFrame(OptionalDouble.empty(), OptionalLong.empty(), "none");

    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();

    /** A film that loses frames until one of them hangs. */
    private final class HangingFilm implements VideoSource {
        private final int good;
        private int read;

        HangingFilm(int good) {
            this.good = good;
        }

        @Override
        public SourceInfo info() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ReadResult read(Picture into) {
            if (read++ == good) {
                hang();
            }
            return LOST;
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    private void hang() {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aReadThatHangsIsGivenUpWithASentence() throws Exception {
        try (var film = GuardedSource.open("film.mp4", SOON, () -> false, heart -> new HangingFilm(2));
                var picture = new Picture()) {
            assertThat(film.read(picture)).isEqualTo(LOST);
            assertThat(film.read(picture)).isEqualTo(LOST);
            assertThatThrownBy(() -> film.read(picture))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("film.mp4 keeps FFmpeg busy");
            assertThatThrownBy(() -> film.read(picture)).isInstanceOf(SourceException.class);
        }
        assertThat(closed).isFalse();
    }

    @Test
    void anOpeningThatHangsIsGivenUpToo() {
        assertThatThrownBy(() -> GuardedSource.open("film.mp4", SOON, () -> false, heart -> {
                    hang();
                    return new HangingFilm(0);
                }))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("film.mp4");
    }

    @Test
    void aReadThatGoesOnIsWaitedFor() throws Exception {
        var begin = System.nanoTime();
        try (var film = GuardedSource.open("film.mp4", SOON, () -> false, heart -> {
                    // A long stretch without pictures: packet after packet, and none of them takes long.
                    while (System.nanoTime() - begin < 3 * SOON.toNanos()) {
                        heart.beat();
                    }
                    return new HangingFilm(1);
                });
                var picture = new Picture()) {
            assertThat(film.read(picture)).isEqualTo(LOST);
        }
        assertThat(closed).isTrue();
    }

    @Test
    void whatNobodyWantsIsNotWaitedForLong() throws Exception {
        var cancelled = new AtomicBoolean();
        try (var film = GuardedSource.open(
                        "film.mp4", Duration.ofDays(1), cancelled::get, heart -> new HangingFilm(0));
                var picture = new Picture()) {
            cancelled.set(true);
            assertThatThrownBy(() -> film.read(picture)).isInstanceOf(SourceException.class);
        }
    }

    @Test
    void whatTheFilmThrowsIsThrown() {
        assertThatThrownBy(() -> GuardedSource.open("film.mp4", SOON, () -> false, heart -> {
                    throw new SourceException("It is no film.");
                }))
                .isInstanceOf(SourceException.class)
                .hasMessage("It is no film.");
        assertThatThrownBy(() -> GuardedSource.open("film.mp4", SOON, () -> false, heart -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aReadIsWaitedForAsLongAsTheDiskIsSilentAndNoLonger() throws Exception {
        var asked = new AtomicInteger();
        var disk = new DiskProbe(() -> {
            if (asked.incrementAndGet() == 1) {
                hang();
            }
        });
        var patience = Duration.ofSeconds(2);
        try (var film = GuardedSource.open("film.mp4", patience, () -> false, disk, heart -> {
                    while (asked.get() == 0) {
                        Thread.yield();
                    }
                    // The disk is silent for longer than any film may take.
                    for (var begin = System.nanoTime(); System.nanoTime() - begin < 3 * patience.toNanos() / 2; ) {
                        Thread.yield();
                    }
                    never.countDown();
                    return new HangingFilm(1);
                });
                var picture = new Picture()) {
            assertThat(film.read(picture)).isEqualTo(LOST);
        }
        var hanging = new CountDownLatch(1);
        assertThatThrownBy(() -> GuardedSource.open("film.mp4", SOON, () -> false, new DiskProbe(() -> {}), heart -> {
                    try {
                        hanging.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return new HangingFilm(0);
                }))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("keeps FFmpeg busy");
    }

    @Test
    void aDiskThatBreaksOffIsSaidToHaveDone() {
        assertThatThrownBy(() -> GuardedSource.open("film.mp4", SOON, () -> false, heart -> {
                    throw new UnreadableDisk(SourceException.ofTheDisk("Its disk is gone."));
                }))
                .isInstanceOfSatisfying(SourceException.class, failure -> assertThat(failure.isOfTheDisk())
                        .isTrue())
                .hasMessage("Its disk is gone.");
    }
}

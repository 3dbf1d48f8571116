package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.chromaprep.output.film.Verifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whichever stage fails, and at whichever frame, the run ends with that stage's error. */
@Tag("slow")
@Timeout(60)
class FailingStageTest {
    @TempDir
    private Path temporary;

    /** Fails on a stage's own thread, right after its work on one frame. */
    private static final class FailingRegistry extends SimpleMeterRegistry {
        private final Stage stage;
        private final int frame;
        private final Throwable failure;
        private final AtomicInteger frames = new AtomicInteger();

        FailingRegistry(Stage stage, int frame, Throwable failure) {
            this.stage = stage;
            this.frame = frame;
            this.failure = failure;
        }

        @Override
        protected Timer newTimer(Meter.Id id, DistributionStatisticConfig config, PauseDetector pauses) {
            if (!stage.metricName().equals(id.getTag("stage"))) {
                return super.newTimer(id, config, pauses);
            }
            return new CumulativeTimer(id, clock, config, pauses, getBaseTimeUnit(), false) {
                @Override
                protected void recordNonNegative(long amount, TimeUnit unit) {
                    super.recordNonNegative(amount, unit);
                    if (frames.getAndIncrement() == frame) {
                        FailingRegistry.<RuntimeException>fail(failure);
                    }
                }
            };
        }

        @SuppressWarnings("unchecked")
        private static <E extends Throwable> void fail(Throwable failure) throws E {
            throw (E) failure;
        }
    }

    // Without colours to find, no frame passes that stage.
    static Stream<Arguments> failures() {
        return Arrays.stream(Stage.values())
                .filter(stage -> stage != Stage.COLOUR)
                .flatMap(stage -> Stream.of(
                        Arguments.of(stage, 0, 1),
                        Arguments.of(stage, 6, 2),
                        Arguments.of(stage, SmallFilm.FRAMES - 1, 2)));
    }

    private FilmResult process(SmallFilm film, int workers, Stage stage, int frame, Throwable failure)
            throws Exception {
        try (var engine = SmallFilm.engine()) {
            return film.process(
                    temporary.resolve("out"),
                    engine,
                    workers,
                    decoded -> {},
                    new FailingRegistry(stage, frame, failure));
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theRunEndsWithTheStagesErrorAndWhatIsCommittedIsSound(Stage stage, int frame, int workers) throws Exception {
        var film = SmallFilm.write(temporary.resolve("film.nut"));
        var failure = new IllegalStateException("The stage broke.");

        assertThatThrownBy(() -> process(film, workers, stage, frame, failure)).isSameAs(failure);

        var folder = temporary.resolve("out/film");
        if (Files.exists(folder.resolve("manifest.json"))) {
            assertThat(Verifier.verify(folder).get(0).findings()).isEmpty();
            assertThat(Verifier.verify(folder).get(0).complete()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DECODE", "FORWARD", "RECORD"})
    void theSameCommandCompletesWhatAFailedStageLeft(Stage stage) throws Exception {
        var film = SmallFilm.write(temporary.resolve("film.nut"));
        assertThatThrownBy(() -> process(film, 2, stage, 11, new StackOverflowError()))
                .isInstanceOf(StackOverflowError.class);

        assertThat(film.process(temporary.resolve("out")).ending()).isEqualTo(FilmResult.Ending.COMPLETE);

        film.assertAsUndisturbed(temporary.resolve("out"));
    }

    @Test
    void noThreadIsLeftBehind() throws Exception {
        var film = SmallFilm.write(temporary.resolve("film.nut"));
        assertThatThrownBy(() -> process(film, 2, Stage.CLUSTER, 3, new StackOverflowError()))
                .isInstanceOf(StackOverflowError.class);

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("chromaprep-stage-"));
    }
}

package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.function.ToDoubleFunction;
import org.chromaprep.engine.CountedEngine;
import org.chromaprep.engine.EngineException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that cannot be made, or is stopped while it is made, keeps nothing of what was made for it. */
@Tag("slow")
class RunMemoryTest {
    private static final int WORKERS = 2;

    @TempDir
    private Path temporary;

    private SmallFilm film;
    private Path out;

    @BeforeEach
    void drawTheFilm() throws Exception {
        film = SmallFilm.write(temporary.resolve("film.nut"));
        out = temporary.resolve("out");
    }

    /** Has no room for its gauges. */
    private static final class FullRegistry extends SimpleMeterRegistry {
        @Override
        protected <T> Gauge newGauge(Meter.Id id, T object, ToDoubleFunction<T> value) {
            throw new IllegalStateException("No room.");
        }
    }

    @Test
    void whicheverAllocationFailsNothingOfThoseBeforeStays() throws Exception {
        int all;
        try (var engine = new CountedEngine(SmallFilm.engine(), number -> {})) {
            film.process(out, engine, WORKERS, frame -> {});
            all = engine.made();
            assertThat(engine.open()).isZero();
        }
        assertThat(all).isGreaterThan(4 + WORKERS - 1);
        for (var failing = 1; failing <= all; failing++) {
            var last = failing;
            try (var engine = new CountedEngine(SmallFilm.engine(), number -> {
                if (number == last) {
                    throw new EngineException("It broke.", new IllegalStateException("It broke."));
                }
            })) {
                var other = temporary.resolve("out" + failing);
                assertThatThrownBy(() -> film.process(other, engine, WORKERS, frame -> {}))
                        .isInstanceOf(EngineException.class)
                        .hasMessage("It broke.");
                assertThat(engine.made()).isEqualTo(failing);
                assertThat(engine.open()).isZero();
            }
        }
    }

    @Test
    void whereTheLastStepOfMakingARunFailsNothingStays() throws Exception {
        try (var engine = new CountedEngine(SmallFilm.engine(), number -> {})) {
            assertThatThrownBy(() -> film.process(out, engine, WORKERS, frame -> {}, new FullRegistry()))
                    .hasMessage("No room.");
            assertThat(engine.made()).isPositive();
            assertThat(engine.open()).isZero();
        }
    }

    @Test
    void aStopWhileMemoryIsMadeEndsTheRunBeforeMoreIsMadeAndTheSameCommandCompletesIt() throws Exception {
        for (var stopping : new int[] {1, 3}) {
            var stop = new StopSignal();
            try (var engine = new CountedEngine(SmallFilm.engine(), number -> {
                if (number == stopping) {
                    stop.request();
                }
            })) {
                var result = film.process(out, engine, WORKERS, frame -> {}, new SimpleMeterRegistry(), stop);
                assertThat(result.ending()).isEqualTo(FilmResult.Ending.INTERRUPTED);
                assertThat(result.counts().decoded()).isZero();
                assertThat(engine.made()).isEqualTo(stopping);
                assertThat(engine.open()).isZero();
            }
        }
        assertThat(film.process(out).ending()).isEqualTo(FilmResult.Ending.COMPLETE);
        film.assertAsUndisturbed(out);
    }
}

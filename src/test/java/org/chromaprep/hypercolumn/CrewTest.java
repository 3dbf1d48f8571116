package org.chromaprep.hypercolumn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrewTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 8})
    void everyPieceIsDoneOnceBeforeTheCallReturns(int helpers) {
        try (var crew = new Crew(helpers)) {
            assertThat(crew.helpers()).isEqualTo(helpers);
            for (var pieces = 0; pieces < 200; pieces++) {
                var done = new AtomicIntegerArray(pieces);
                crew.share(pieces, done::incrementAndGet);
                for (var piece = 0; piece < pieces; piece++) {
                    assertThat(done.get(piece)).isEqualTo(1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aPieceThatFailsFailsTheCall(int helpers) {
        try (var crew = new Crew(helpers)) {
            assertThatThrownBy(() -> crew.share(50, piece -> {
                        if (piece == 20) {
                            throw new IllegalStateException("Piece 20.");
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Piece 20.");
            assertThatThrownBy(() -> crew.share(50, piece -> {
                        throw new StackOverflowError();
                    }))
                    .isInstanceOf(StackOverflowError.class);
            var done = new AtomicIntegerArray(5);
            crew.share(5, done::incrementAndGet);
            assertThat(done.get(4)).isEqualTo(1);
        }
    }

    @Test
    void helpersEndWithTheCrew() throws InterruptedException {
        var crew = new Crew(2);
        crew.share(10, piece -> {});
        crew.close();
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("chromaprep-crew-")) {
                thread.join();
            }
        }
    }
}

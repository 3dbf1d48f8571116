package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.InterposedEngine;
import org.chromaprep.video.source.FilterGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A film of five frames a second that is told at fifteen: every picture comes three times. */
@Tag("slow")
class RepeatedPicturesTest {
    private static final int PICTURES = SmallFilm.FRAMES / 3;

    private final SmallFilm film = SmallFilm.of(new FilterGraph("testsrc=size=48x32:rate=5:duration=1.2,fps=15"));

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void eachPictureIsComputedOnceWhateverTheWorkers(int workers) throws Exception {
        var forwards = new AtomicInteger();
        try (var engine = new InterposedEngine(SmallFilm.engine(), (frame, all) -> forwards.incrementAndGet())) {
            assertThat(film.process(temporary.resolve("out"), engine, workers, decoded -> {})
                            .counts()
                            .written())
                    .isEqualTo(SmallFilm.FRAMES);
        }
        assertThat(forwards).hasValue(PICTURES);
        film.assertAsUndisturbed(temporary.resolve("out"));
    }

    @Test
    void theLedgerTellsWhichFrameAFrameRepeats() throws Exception {
        var lines = Files.readAllLines(
                film.process(temporary.resolve("out")).folder().resolve("frames.jsonl"));
        for (var frame = 0; frame < SmallFilm.FRAMES; frame++) {
            if (frame % 3 == 0) {
                assertThat(lines.get(frame)).doesNotContain("the same picture");
            } else {
                assertThat(lines.get(frame)).contains("the same picture as frame " + frame / 3 * 3 + "\"");
            }
        }
    }

    @Test
    void aRunThatGoesOnAmongRepeatedFramesComputesThemAgainToTheSameBytes() throws Exception {
        var forwards = new AtomicInteger();
        var firstShard = new CompletableFuture<Void>();
        try (var engine = new InterposedEngine(SmallFilm.engine(), (frame, workers) -> {
            if (forwards.getAndIncrement() == 2) {
                firstShard.join();
                throw new EngineException("Out of order.");
            }
        })) {
            assertThatThrownBy(() -> film.process(temporary.resolve("out"), engine, 1, decoded -> {
                        if (decoded == 5) {
                            firstShard.complete(null);
                        }
                    }))
                    .hasMessageContaining("Out of order");
            // Frame 4, the first of the second shard, repeats frame 3, whose maps are gone.
            film.process(temporary.resolve("out"), engine, 1, decoded -> {});
        }
        assertThat(forwards).hasValue(3 + PICTURES - 1);
        film.assertAsUndisturbed(temporary.resolve("out"));
    }
}

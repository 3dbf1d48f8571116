package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.chromaprep.engine.CountedEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RingSizeTest {
    @TempDir
    private Path temporary;

    @ParameterizedTest
    @CsvSource({
        "1, 1, 4, 4",
        "1, 2, 4, 4",
        "2, 1, 8, 4",
        "2, 2, 8, 4",
        "4, 2, 16, 8",
        "8, 2, 32, 16",
        "1, 32, 64, 32",
        "3, 1, 8, 4"
    })
    void aRingHasRoomForWhatWorkersFillAndWhatStagesBehindThemHave(int workers, int batch, int usual, int sparing) {
        assertThat(new RingSize(workers, false).slots(batch)).isEqualTo(usual);
        assertThat(new RingSize(workers, true).slots(batch)).isEqualTo(sparing);
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 2, true", "2, 1, 2, true", "1, 4, 2, true", "1, 2, 3, false", "3, 2, 7, false"})
    void ringsAreSparingWhereWorkersTakeAllCores(int films, int workers, int cores, boolean sparing) {
        assertThat(new RunWidth(films, 1, workers).on(cores)).isEqualTo(new RunWidth(films, 1, workers, sparing));
        assertThat(new RunWidth(films, 1, workers, true).on(cores).sparing()).isTrue();
    }

    @Tag("slow")
    @Test
    void aRingWithAsFewSlotsAsWorkersFillWritesTheSameBytes() throws Exception {
        var film = SmallFilm.write(temporary.resolve("film.nut"));
        try (var engine = new CountedEngine(SmallFilm.engine(), number -> {})) {
            film.process(temporary.resolve("four"), engine, new RunWidth(1, 1, 4, true));
            assertThat(engine.made()).isEqualTo(4 + 4);
            film.assertAsUndisturbed(temporary.resolve("four"));
        }
        try (var engine = SmallFilm.engine()) {
            film.process(temporary.resolve("two"), engine, new RunWidth(1, 1, 2, true));
            film.assertAsUndisturbed(temporary.resolve("two"));
        }
    }
}

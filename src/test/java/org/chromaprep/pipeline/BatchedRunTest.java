package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.InterposedEngine;
import org.chromaprep.engine.NaiveVgg;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.pytorch.ResidentEngine;
import org.chromaprep.vgg.Vgg16;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs whose frames are computed in batches, as on a graphics card. */
@Tag("slow")
@Timeout(60)
class BatchedRunTest {
    @TempDir
    private Path temporary;

    private SmallFilm film;
    private Path out;

    private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void drawTheFilm() throws Exception {
        film = SmallFilm.write(temporary.resolve("film.nut"));
        out = temporary.resolve("out");
    }

    /** An engine that computes in batches only, notes their sizes, and fails before one of them. */
    private Engine engine(int batch, int failing) {
        sizes.clear();
        var plan = new NetworkPlan(List.of(Vgg16.CONV1_1), 32, 32);
        try {
            var engine = ResidentEngine.open(plan, NaiveVgg.randomWeights(3, Vgg16.CONV1_1), batch);
            return new InterposedEngine(engine, new InterposedEngine.Before() {
                @Override
                public void forward(int frame, int workers) {
                    throw new AssertionError("One frame was computed alone.");
                }

                @Override
                public void forwardTogether(int frames) {
                    sizes.add(frames);
                    if (sizes.size() == failing) {
                        throw new EngineException("The card fell off the bus.");
                    }
                }
            });
        } catch (EngineException e) {
            Assumptions.abort(e.getMessage());
            throw e;
        }
    }

    // The undisturbed run is one of another engine, frame by frame, with maps in host memory.
    @ParameterizedTest
    @CsvSource({"2, 1", "4, 1", "5, 2", "32, 1"})
    void batchesOnADeviceGiveTheLabelsThatSingleFramesOnTheProcessorDo(int batch, int workers) throws Exception {
        try (var engine = engine(batch, -1)) {
            assertThat(film.process(out, engine, workers, frame -> {}).ending()).isEqualTo(FilmResult.Ending.COMPLETE);
            assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(SmallFilm.FRAMES);
            assertThat(sizes.stream().filter(size -> size == batch).count()).isEqualTo(SmallFilm.FRAMES / batch);
            assertThat(sizes).hasSize((SmallFilm.FRAMES + batch - 1) / batch);
        }
        film.assertSameLabels(out);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 16})
    void framesThatAreClusteredSideBySideGetTheLabelsThatTheyGetOneAfterAnother(int batch) throws Exception {
        film = film.ofIndependentFrames();
        try (var engine = engine(batch, -1)) {
            assertThat(film.process(out, engine, 1, frame -> {}).ending()).isEqualTo(FilmResult.Ending.COMPLETE);
        }
        film.assertSameLabels(out);
    }

    @Test
    void aBatchThatFailsEndsTheRunAndTheSameCommandCompletesIt() throws Exception {
        try (var engine = engine(4, 2)) {
            assertThatThrownBy(() -> film.process(out, engine, 1, frame -> {}))
                    .isInstanceOf(EngineException.class)
                    .hasMessage("The card fell off the bus.");
        }
        try (var engine = engine(4, -1)) {
            assertThat(film.process(out, engine, 1, frame -> {}).ending()).isEqualTo(FilmResult.Ending.COMPLETE);
        }
        film.assertSameLabels(out);
    }
}

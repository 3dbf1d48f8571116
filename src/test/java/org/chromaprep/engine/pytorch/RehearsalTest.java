package org.chromaprep.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.chromaprep.engine.Device;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.Precision;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.LloydSettings;
import org.chromaprep.hypercolumn.LloydStart;
import org.chromaprep.hypercolumn.RandomMaps;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Whether what a card has recorded is trusted, with recordings that do what the test wants. */
class RehearsalTest {
    private static final Grid GRID = new Grid(24, 20);
    private static final int FRAMES = 3;

    @BeforeAll
    static void needsNatives() {
        try {
            Natives.load();
        } catch (EngineException e) {
            throw new TestAbortedException(e.getMessage(), e);
        }
    }

    private enum Recording {
        RIGHT,
        /** One that forgets to do anything. */
        EMPTY,
        REFUSED
    }

    private final AtomicInteger played = new AtomicInteger();

    /** Counts what is played from a recording. */
    private DeviceSequences sequences(Recording kind) {
        return new DeviceSequences() {
            @Override
            public DeviceSequence of(DeviceStream stream, Runnable work) {
                return new DeviceSequence() {
                    private boolean recorded;

                    @Override
                    public void run() {
                        if (recorded) {
                            played.incrementAndGet();
                        }
                        if (!recorded || kind == Recording.RIGHT) {
                            work.run();
                        }
                    }

                    @Override
                    public Optional<String> record() {
                        recorded = kind != Recording.REFUSED;
                        return recorded ? Optional.empty() : Optional.of("the card does not feel like it");
                    }

                    @Override
                    public void forget() {
                        recorded = false;
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public boolean record() {
                return true;
            }
        };
    }

    /** The labels of a few frames, each started from the centroids of the one before. */
    private static byte[] labels(DeviceSequences sequences) {
        var random = new SplittableRandom(4);
        List<FeatureMap> maps = List.of(RandomMaps.of("a", 24, 20, 6, random), RandomMaps.of("b", 6, 5, 9, random));
        try (var device = DeviceMatrix.of(new Placement(Device.CPU, Precision.FP32), sequences, GRID, maps)) {
            var centroids = new float[3 * 15];
            device.matrix().gather(new int[] {3, 77, 250}, centroids);
            var labels = new byte[GRID.pixels()];
            for (int frame = 0; frame < FRAMES; frame++) {
                device.matrix()
                        .lloyd(new LloydSettings(3, 4, 1e-4), new LloydStart.Given(centroids))
                        .orElseThrow()
                        .await(labels, centroids, new int[3], new float[GRID.pixels()]);
            }
            return labels;
        }
    }

    @Test
    void aRecordingThatGivesTheSameNumbersIsPlayedFromThenOn() {
        assertThat(labels(sequences(Recording.RIGHT))).isEqualTo(labels(DeviceSequences.plain()));
        // Each frame begins, iterates and finishes, and so does the rehearsal.
        assertThat(played.get()).isGreaterThanOrEqualTo(3 * FRAMES);
    }

    @Test
    void aRecordingThatGivesOtherNumbersIsForgotten() {
        assertThat(labels(sequences(Recording.EMPTY))).isEqualTo(labels(DeviceSequences.plain()));
        assertThat(played.get()).isEqualTo(1 + 3 + 1);
    }

    @Test
    void whatCannotBeRecordedIsDoneStepByStep() {
        assertThat(labels(sequences(Recording.REFUSED))).isEqualTo(labels(DeviceSequences.plain()));
        assertThat(played.get()).isZero();
    }
}

package org.chromaprep.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.chromaprep.learn.fit.FitSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchStreamTest {
    private static final int ROWS = 64;
    private static final int INPUTS = MadeSet.FEATURES + 2;

    @TempDir
    private Path temporary;

    private static TrainSettings settings(int rows, int ofFrame, long seed) {
        return new TrainSettings(
                TrainSettings.Kind.REGRESSION,
                1,
                new FitSettings(8, 100, rows, 1e-3, 0, seed),
                10,
                10,
                ofFrame,
                0.5,
                0.38);
    }

    private static BatchStream stream(TrainingData data, TrainSettings settings) throws Exception {
        var beginnings = Beginnings.of(data, settings);
        return new BatchStream(data, beginnings.standardisation(), beginnings.labels(), settings);
    }

    private static List<float[]> batches(BatchStream stream, int rows, int count) throws Exception {
        var batches = new ArrayList<float[]>();
        for (var i = 0; i < count; i++) {
            var batch = new float[rows * INPUTS];
            var labels = new float[rows * 2];
            stream.next(batch, labels);
            batches.add(batch);
            batches.add(labels);
        }
        return batches;
    }

    private static List<List<Float>> rows(List<float[]> batches) {
        var rows = new ArrayList<List<Float>>();
        for (var i = 0; i < batches.size(); i += 2) {
            for (var row = 0; row < batches.get(i).length / INPUTS; row++) {
                var list = new ArrayList<Float>();
                for (var f = 0; f < INPUTS; f++) {
                    list.add(batches.get(i)[row * INPUTS + f]);
                }
                rows.add(list);
            }
        }
        return rows;
    }

    @Test
    void anEpochGivesEveryRowOnceButForThoseShortOfABatch() throws Exception {
        var data = TrainingData.open(MadeSet.in(temporary).build("a", "train", "b", "train", "c", "val"));
        var all = 2 * MadeSet.FRAMES * MadeSet.ROWS;
        try (var stream = stream(data, settings(ROWS, MadeSet.ROWS, 1))) {
            var first = rows(batches(stream, ROWS, all / ROWS));
            assertThat(stream.position()).isEqualTo(new BatchStream.Position(0, all / ROWS));
            assertThat(new HashSet<>(first)).hasSize(all / ROWS * ROWS);
            var second = rows(batches(stream, ROWS, 1));
            assertThat(stream.position()).isEqualTo(new BatchStream.Position(1, 1));
            assertThat(second).isNotEqualTo(first.subList(0, ROWS));
        }
    }

    @Test
    void aStreamThatGoesWhereAnotherWasGivesTheSame() throws Exception {
        var data = TrainingData.open(MadeSet.in(temporary).build("a", "train", "b", "train", "c", "val"));
        var settings = settings(ROWS, 17, 5);
        try (var stream = stream(data, settings);
                var other = stream(data, settings)) {
            batches(stream, ROWS, 9);
            other.go(stream.position());
            assertThat(other.position()).isEqualTo(stream.position());
            var expected = batches(stream, ROWS, 9);
            var found = batches(other, ROWS, 9);
            for (var i = 0; i < expected.size(); i++) {
                assertThat(found.get(i)).isEqualTo(expected.get(i));
            }
        }
    }

    @Test
    void anotherSeedGivesOtherBatches() throws Exception {
        var data = TrainingData.open(MadeSet.in(temporary).build("a", "train", "b", "train", "c", "val"));
        try (var stream = stream(data, settings(ROWS, 17, 5));
                var other = stream(data, settings(ROWS, 17, 6))) {
            assertThat(Arrays.equals(
                            batches(stream, ROWS, 1).get(0),
                            batches(other, ROWS, 1).get(0)))
                    .isFalse();
        }
    }

    @Test
    void aPartOfFewerRowsThanABatchHasFillsItNevertheless() throws Exception {
        var data = TrainingData.open(MadeSet.in(temporary).build("a", "train", "c", "val"));
        try (var stream = stream(data, settings(1024, 1, 5))) {
            var rows = rows(batches(stream, 1024, 2));
            assertThat(new HashSet<>(rows.subList(0, 1024))).hasSize(MadeSet.FRAMES);
            assertThat(stream.position()).isEqualTo(new BatchStream.Position(2, 0));
        }
    }
}

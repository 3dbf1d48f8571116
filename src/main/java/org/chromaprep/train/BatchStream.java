package org.chromaprep.train;

import java.io.IOException;
import java.util.Optional;
import java.util.SplittableRandom;
import org.chromaprep.dataset.Split;
import org.chromaprep.learn.Standardisation;
import org.chromaprep.output.shard.FilmSamples;

/**
 * Batches of rows of a data set's part {@code train}, epoch after epoch: shards in random order, of every frame some random rows, mixed in
 * a pool of rows before they are drawn; rows that an epoch has left over after its last whole batch are not drawn. Its memory does not grow
 * with the data set. The same seed gives the same batches. Whoever makes
 * one closes it. One thread.
 */
final class BatchStream implements AutoCloseable {
    /** Batches' rows that the pool holds: those of some dozens of frames. */
    private static final int POOL_BATCHES = 16;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final TrainingData data;
    private final Standardisation standardisation;
    private final Labels labels;
    private final TrainSettings settings;
    private final int inputs;
    private final int outputs;
    private final float[] poolRows;
    private final float[] poolLabels;
    private final int capacity;
    private int held;
    private Position position = new Position(0, 0);
    private SplittableRandom random;
    private int[] order;
    private int nextShard;
    private Optional<FilmSamples> shard = Optional.empty();
    private Optional<FrameSample> frame = Optional.empty();
    private int[] drawn = {};
    private int nextRow;

    /**
     * Where a stream is.
     *
     * @param epoch from 0
     * @param batches of it that were drawn
     */
    record Position(int epoch, int batches) {}

    BatchStream(TrainingData data, Standardisation standardisation, Labels labels, TrainSettings settings) {
        this.data = data;
        this.standardisation = standardisation;
        this.labels = labels;
        this.settings = settings;
        inputs = Rows.length(standardisation.features());
        outputs = labels.target().outputs();
        capacity = POOL_BATCHES * settings.fit().rows();
        poolRows = new float[Math.multiplyExact(capacity, inputs)];
        poolLabels = new float[Math.multiplyExact(capacity, outputs)];
        random = random(0);
        order = order();
    }

    private SplittableRandom random(int epoch) {
        return new SplittableRandom(settings.fit().seed() * GOLDEN + epoch);
    }

    private int[] order() {
        return Rows.draw(data.shards(Split.TRAIN), data.shards(Split.TRAIN), random);
    }

    /**
     * Draws the next batch.
     *
     * @param rows receives as many rows as the settings say
     * @param wanted receives as many labels
     * @throws IOException if a shard cannot be read, or there is no row in the whole part
     */
    void next(float[] rows, float[] wanted) throws IOException {
        var count = settings.fit().rows();
        fill();
        if (held < count && position.batches() > 0) {
            begin(position.epoch() + 1);
            fill();
        }
        if (held == 0) {
            throw new IOException("no frame of the part " + Split.TRAIN.label() + " has a sampled pixel with a colour");
        }
        // A part of fewer rows than a batch has gives some of them twice.
        var again = held < count;
        for (var row = 0; row < count; row++) {
            var which = random.nextInt(held);
            System.arraycopy(poolRows, which * inputs, rows, row * inputs, inputs);
            System.arraycopy(poolLabels, which * outputs, wanted, row * outputs, outputs);
            if (!again) {
                held--;
                System.arraycopy(poolRows, held * inputs, poolRows, which * inputs, inputs);
                System.arraycopy(poolLabels, held * outputs, poolLabels, which * outputs, outputs);
            }
        }
        if (again) {
            begin(position.epoch() + 1);
        } else {
            position = new Position(position.epoch(), position.batches() + 1);
        }
    }

    private void begin(int epoch) throws IOException {
        close();
        position = new Position(epoch, 0);
        random = random(epoch);
        order = order();
        nextShard = 0;
        shard = Optional.empty();
        drawn = new int[0];
        nextRow = 0;
        held = 0;
    }

    /** Fills the pool, or takes what is left of the epoch. */
    private void fill() throws IOException {
        while (held < capacity) {
            if (nextRow < drawn.length) {
                var from = frame.orElseThrow();
                Rows.write(from, drawn[nextRow], standardisation, poolRows, held * inputs);
                labels.write(from, drawn[nextRow], poolLabels, held * outputs);
                nextRow++;
                held++;
            } else if (!advance()) {
                return;
            }
        }
    }

    /** Continues with the next frame or shard; false behind the last. */
    private boolean advance() throws IOException {
        drawn = new int[0];
        nextRow = 0;
        if (shard.isEmpty()) {
            if (nextShard == order.length) {
                return false;
            }
            shard = Optional.of(data.open(Split.TRAIN, order[nextShard]));
            nextShard++;
            return true;
        }
        var sample = shard.get().read();
        if (sample.isEmpty()) {
            shard.get().close();
            shard = Optional.empty();
            return true;
        }
        frame = FrameSample.of(sample.get(), standardisation.features());
        if (frame.isPresent()) {
            drawn = Rows.draw(frame.get().rows(), settings.rowsOfFrame(), random);
            var lack = Labels.lack(settings.colours(), frame.get());
            if (lack.isPresent()) {
                throw new IOException("the sample " + frame.get().key() + " " + lack.get());
            }
        }
        return true;
    }

    /** Where it is: what the next batch depends on, beside the settings and the data set. */
    Position position() {
        return position;
    }

    /** Goes where another stream was: reads what that epoch had read. */
    void go(Position to) throws IOException {
        var rows = new float[settings.fit().rows() * inputs];
        var wanted = new float[settings.fit().rows() * outputs];
        begin(to.epoch());
        for (var batch = 0; batch < to.batches(); batch++) {
            next(rows, wanted);
        }
    }

    @Override
    public void close() throws IOException {
        if (shard.isPresent()) {
            shard.get().close();
        }
    }
}

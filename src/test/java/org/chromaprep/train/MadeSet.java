package org.chromaprep.train;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.chromaprep.dataset.DataSetBuilder;
import org.chromaprep.dataset.DataSetSettings;
import org.chromaprep.dataset.FilmTable;
import org.chromaprep.dataset.Split;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.film.RunDescription;
import org.chromaprep.output.film.SmallRun;
import org.chromaprep.output.film.SourceRecord;
import org.chromaprep.output.shard.Member;
import org.chromaprep.output.shard.SampleBuffers;
import org.chromaprep.output.shard.SampleRecord;

/** Data sets of made-up films whose colours follow from the features: a* from the first, b* from the second. */
final class MadeSet {
    static final int FEATURES = 64;
    static final int ROWS = 40;
    static final int FRAMES = 11;

    private static final int SIDE = 8;

    private final Path out;
    private final Map<String, String> settings =
            new LinkedHashMap<>(Map.of("layers", "conv1_1", "size", "8x8", "preprocess", "caffe"));
    private boolean colours = true;
    private boolean histograms;
    private float broken;

    private MadeSet(Path out) {
        this.out = out;
    }

    static MadeSet in(Path out) {
        return new MadeSet(out);
    }

    MadeSet with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    MadeSet withoutColours() {
        colours = false;
        return this;
    }

    MadeSet withHistograms() {
        histograms = true;
        return this;
    }

    /** One feature of each frame is this number. */
    MadeSet broken(float number) {
        broken = number;
        return this;
    }

    /** Builds it of films with the parts that they are in. */
    Path build(String... filmsAndParts) throws IOException, OutputException {
        var table = new StringBuilder("film,split\n");
        for (var i = 0; i < filmsAndParts.length; i += 2) {
            film(filmsAndParts[i]);
            table.append(filmsAndParts[i])
                    .append(',')
                    .append(filmsAndParts[i + 1])
                    .append('\n');
        }
        var file = Files.writeString(out.resolve("films.csv"), table);
        DataSetBuilder.build(
                out,
                new DataSetSettings(Split.Unit.FILM, 0.8, 0.1, 0.1, 0, 60_000, colours, Optional.empty()),
                FilmTable.read(file),
                false);
        return out;
    }

    private void film(String name) throws OutputException {
        var run = new RunDescription(
                settings,
                new SourceRecord(
                        name + ".mp4",
                        Optional.empty(),
                        Optional.of(1L),
                        Optional.empty(),
                        Optional.of("hash of " + name),
                        "h264",
                        64,
                        48,
                        "25/1",
                        colours ? Map.of("targets", "CIE Lab, D65", "colour", "colour") : Map.of("colour", "none"),
                        Map.of()),
                Map.of("kind", "random", "sha256", "cd34"),
                Map.of(),
                true);
        try (var film = FilmFolder.open(out, name, run, false)) {
            var shards = film.shardWriter(1_000_000, OptionalInt.of(4), 20_000, 5);
            for (int frame = 0; frame < FRAMES; frame++) {
                var shard = shards.shardName();
                var ends = shards.add(frame, members(name, frame));
                film.line(new LedgerLine(
                        Optional.of((long) frame),
                        Optional.empty(),
                        Optional.of(frame / 25.0),
                        LedgerLine.Outcome.WRITTEN,
                        Optional.of(shard),
                        Optional.of(frame / 4),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
                if (ends) {
                    film.commit(Optional.empty(), SmallRun.checkpoint(frame + 1), SmallRun.PROGRESS);
                }
            }
            SmallRun.finish(film, shards);
        }
    }

    private List<Member> members(String name, int frame) {
        var random = new SplittableRandom(name.hashCode() * 1000L + frame);
        var columns = new float[ROWS * FEATURES];
        var ab = new float[2 * ROWS];
        var places = new short[2 * ROWS];
        var hues = new float[ROWS * 2 * 32];
        for (var row = 0; row < ROWS; row++) {
            for (var f = 0; f < FEATURES; f++) {
                columns[row * FEATURES + f] = (float) random.nextDouble();
            }
            ab[2 * row] = 80 * columns[row * FEATURES] - 40;
            ab[2 * row + 1] = 40 * columns[row * FEATURES + 1];
            places[2 * row] = (short) random.nextInt(SIDE);
            places[2 * row + 1] = (short) random.nextInt(SIDE);
            hues[row * 64 + (int) ((Math.atan2(ab[2 * row + 1], ab[2 * row]) / Math.PI + 1) / 2 * 31.99)] = 1;
            hues[row * 64 + 32 + (int) (Math.hypot(ab[2 * row], ab[2 * row + 1]) / 134 * 32)] = 1;
        }
        if (broken != 0) {
            columns[2 * FEATURES] = broken;
        }
        var buffers = new SampleBuffers();
        buffers.begin();
        buffers.addJson(new SampleRecord(
                name,
                "id of " + name,
                frame,
                Optional.empty(),
                frame / 25.0,
                25,
                frame / 4,
                name + "-" + frame / 4,
                frame,
                0,
                String.format(Locale.ROOT, "%016x", frame),
                List.of(48, 64),
                List.of(0, 0, SIDE, SIDE),
                List.of("conv1_1"),
                List.of(SIDE, SIDE),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        buffers.addHalves("samples.npy", FloatBuffer.wrap(columns), ROWS, FEATURES);
        buffers.addShorts("samples_yx.npy", places, ROWS, 2);
        if (colours) {
            buffers.addHalves("samples_ab.npy", FloatBuffer.wrap(ab), ROWS, 2);
        }
        if (histograms) {
            buffers.addHalves("samples_hue_chroma.npy", FloatBuffer.wrap(hues), ROWS, 2, 32);
        }
        return List.copyOf(buffers.members());
    }
}

package org.chromaprep.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.assertj.core.api.Assertions;
import org.chromaprep.annotate.Layout;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.NaiveVgg;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.nd4j.Nd4jEngine;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.settings.Annotation;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.pipeline.settings.Provenance;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.video.Fit;
import org.chromaprep.video.Rational;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.encode.VideoWriter;
import org.chromaprep.video.source.FilmFile;

/** A film file of a moving block, and runs over it in shards of four frames with an annotated video. */
final class SmallFilm {
    static final int FRAMES = 18;

    private static final int WIDTH = 48;
    private static final int HEIGHT = 32;
    private static final Grid GRID = new Grid(32, 32);
    private static final Duration GUARD = Duration.ofSeconds(60);

    private final SourceInput input;
    private final FrameClusterer.Mode mode;
    private final boolean rehash;

    private SmallFilm(SourceInput input, FrameClusterer.Mode mode, boolean rehash) {
        this.input = input;
        this.mode = mode;
        this.rehash = rehash;
    }

    /** The same film, whose frames have nothing to do with each other. */
    SmallFilm ofIndependentFrames() {
        return new SmallFilm(input, FrameClusterer.Mode.INDEPENDENT, rehash);
    }

    /** The same film, which every run reads for its hash, whatever is recorded of it. */
    SmallFilm rehashed() {
        return new SmallFilm(input, mode, true);
    }

    /** Another film of as many frames. */
    static SmallFilm of(SourceInput input) {
        return new SmallFilm(input, FrameClusterer.Mode.TEMPORAL, false);
    }

    static SmallFilm write(Path file) throws Exception {
        return write(file, FRAMES);
    }

    static SmallFilm write(Path file, int frames) throws Exception {
        var settings = new EncoderSettings("mpeg4", WIDTH, HEIGHT, new Rational(1, 25), new Rational(25, 1), 1);
        var picture = new int[WIDTH * HEIGHT];
        try (var writer = VideoWriter.open(file, settings)) {
            for (int frame = 0; frame < frames; frame++) {
                for (int pixel = 0; pixel < picture.length; pixel++) {
                    var inside = Math.abs(pixel % WIDTH - 8 - frame) < 7 && Math.abs(pixel / WIDTH - 16) < 8;
                    picture[pixel] = (inside ? 180 : 10 + pixel % WIDTH) * 0x10101;
                }
                writer.write(picture, frame);
            }
            writer.finish();
        }
        return of(new FilmFile(file));
    }

    /** The file of a film that was written to one. */
    Path file() {
        return ((FilmFile) input).file();
    }

    static Engine engine() {
        var plan = new NetworkPlan(List.of(Vgg16.CONV1_1), GRID.height(), GRID.width());
        return new Nd4jEngine(plan, NaiveVgg.randomWeights(3, Vgg16.CONV1_1), 1);
    }

    /** A run with one worker. */
    FilmResult process(Path out) throws Exception {
        try (var engine = engine()) {
            return process(out, engine, 1, decoded -> {});
        }
    }

    /**
     * @param heard hears of every frame's number, on the thread that records it
     */
    FilmResult process(Path out, Engine engine, int workers, LongConsumer heard) throws Exception {
        return process(out, engine, workers, heard, new SimpleMeterRegistry());
    }

    FilmResult process(Path out, Engine engine, int workers, LongConsumer heard, MeterRegistry registry)
            throws Exception {
        return process(out, engine, workers, heard, registry, new StopSignal());
    }

    FilmResult process(Path out, Engine engine, RunWidth width) throws Exception {
        return process(out, engine, width, decoded -> {}, new SimpleMeterRegistry(), new StopSignal());
    }

    FilmResult process(
            Path out, Engine engine, int workers, LongConsumer heard, MeterRegistry registry, StopSignal stop)
            throws Exception {
        return process(out, engine, new RunWidth(1, 1, workers), heard, registry, stop);
    }

    private FilmResult process(
            Path out, Engine engine, RunWidth width, LongConsumer heard, MeterRegistry registry, StopSignal stop)
            throws Exception {
        var settings = new FilmSettings(
                GRID,
                Fit.STRETCH,
                Preprocessing.CAFFE,
                Optional.of(new KMeansSettings(2, 50, 1e-4, 5)),
                mode,
                Optional.empty(),
                Set.of(SampleMembers.LUMA, SampleMembers.LABELS),
                64,
                5,
                10_000_000,
                OptionalInt.of(4),
                Optional.of(new Annotation(Layout.PANELS, "mpeg4", "mp4")),
                FrameSelection.ALL);
        var progress = new FilmProgress() {
            @Override
            public void begin(String name, OptionalLong frames, long done) {}

            @Override
            public void frame(LedgerCounts counts) {
                heard.accept(counts.decoded());
            }

            @Override
            public void end() {}
        };
        var facts = new Provenance(Map.of("layers", "conv1_1"), Map.of("kind", "random"), Map.of(), true);
        var processor = new FilmProcessor(settings, engine, facts, width.workers(), registry, progress, stop);
        processor.width(width);
        processor.rehash(rehash);
        return org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                GUARD, () -> processor.process(input, out, "film", false));
    }

    /** Asserts that a run wrote the same as one that nothing disturbed. */
    void assertAsUndisturbed(Path out) throws Exception {
        var undisturbed = out.resolveSibling("undisturbed");
        process(undisturbed);
        for (var name : List.of("shards/film-000000.tar", "shards/film-000004.tar", "frames.jsonl", "annotated.mp4")) {
            Assertions.assertThat(out.resolve("film").resolve(name))
                    .hasSameBinaryContentAs(undisturbed.resolve("film").resolve(name));
        }
        Assertions.assertThat(Files.exists(out.resolve("film/.segments"))).isFalse();
    }

    /**
     * Asserts that a run of another engine gave every pixel of every frame the label that one frame after another gives it.
     * Inertia and averages may differ in their last digits.
     */
    void assertSameLabels(Path out) throws Exception {
        var undisturbed = out.resolveSibling("undisturbed");
        process(undisturbed);
        Assertions.assertThat(pictures(out)).hasSize(2 * FRAMES).isEqualTo(pictures(undisturbed));
    }

    private static Map<String, ByteBuffer> pictures(Path out) throws Exception {
        var members = new TreeMap<String, ByteBuffer>();
        try (var files = Files.list(out.resolve("film/shards"))) {
            for (var shard :
                    files.filter(file -> file.toString().endsWith(".tar")).toList()) {
                try (var tar = new TarArchiveInputStream(Files.newInputStream(shard))) {
                    for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                        if (entry.getName().endsWith(".png")) {
                            members.put(entry.getName(), ByteBuffer.wrap(tar.readAllBytes()));
                        }
                    }
                }
            }
        }
        return members;
    }
}

package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.Engines;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.output.film.Verifier;
import org.chromaprep.pipeline.FilmProcessor;
import org.chromaprep.pipeline.RunWidth;
import org.chromaprep.pipeline.StopSignal;
import org.chromaprep.pipeline.settings.Provenance;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.vgg.Weights;
import org.chromaprep.vgg.WeightsEnvironment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What nobody foresaw in one film of several: it ends that film alone, and nothing that was written is lost. */
@Tag("slow")
class FaultInBatchTest {
    private static final List<String> FILMS =
            List.of("lavfi:testsrc=size=64x48:rate=25:duration=0.8", "lavfi:testsrc2=size=64x48:rate=25:duration=0.4");

    @TempDir
    private Path temporary;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Throws when a film that begins with the given name has so many frames. */
    private record Breaking(String film, long frame, Throwable failure, boolean[] here) implements FilmProgress {
        @Override
        public void begin(String name, OptionalLong frames, long done) {
            here[0] = name.startsWith(film);
        }

        @Override
        public void frame(LedgerCounts counts) {
            if (here[0] && counts.decoded() == frame) {
                Breaking.<RuntimeException>raise(failure);
            }
        }

        @Override
        public void end() {
            here[0] = false;
        }

        @SuppressWarnings("unchecked")
        private static <E extends Throwable> void raise(Throwable failure) throws E {
            throw (E) failure;
        }
    }

    private ExitCode process(FilmProgress progress) throws Exception {
        return process(progress, FILMS, 1);
    }

    private ExitCode process(FilmProgress progress, List<String> films, int together) throws Exception {
        var options = CommandLine.populateCommand(
                new ProcessOptions(),
                Stream.concat(
                                Stream.of(
                                        "--out",
                                        temporary.resolve("out").toString(),
                                        "--layers",
                                        "conv1_1",
                                        "--size",
                                        "32x32",
                                        "--annotate",
                                        "none",
                                        "--shard-frames",
                                        "5",
                                        "--films",
                                        String.valueOf(together)),
                                films.stream())
                        .toArray(String[]::new));
        var reader = new SettingsReader(options);
        var weights = Weights.load(
                "random:0",
                reader.plan().deepest(),
                WeightsEnvironment.of(Map.of(), "Linux", temporary),
                (file, done, total) -> {});
        var settings = reader.film(weights.preprocessing());
        var messages = new Messages(new PrintWriter(out), new PrintWriter(err));
        var stop = new StopSignal();
        try (var engine = Engines.open(new EngineChoice("nd4j", "auto", "fp32", 1), reader.plan(), weights)) {
            var facts = new Provenance(Map.of(), Map.of(), Map.of(), true);
            var processor = new FilmProcessor(settings, engine, facts, 1, new SimpleMeterRegistry(), progress, stop);
            processor.width(new RunWidth(together, 1, 1));
            return Batches.run(options, processor, messages, stop, temporary.resolve("faults"));
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        new StackOverflowError(),
                        ExitCode.FAULT,
                        "this is a fault of ChromaPrep (java.lang.StackOverflowError"),
                Arguments.of(
                        new NullPointerException("of a test"),
                        ExitCode.FAULT,
                        "this is a fault of ChromaPrep (java.lang.Null"),
                Arguments.of(new OutOfMemoryError("of a test"), ExitCode.DEVICE, "Memory ran out (of a test)"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void oneFilmEndsTheOthersAreDoneAndTheSameCommandCompletesIt(Throwable failure, ExitCode code, String said)
            throws Exception {
        var broken = process(new Breaking("lavfi_testsrc_", 12, failure, new boolean[1]));

        assertThat(broken).isEqualTo(code);
        assertThat(err.toString())
                .contains("chromaprep: " + said)
                .doesNotContain("\tat ")
                .contains("2 films: 1 done, 1 failed (lavfi:testsrc=");
        assertThat(out.toString()).contains("lavfi:testsrc2=").contains("done: 10 frames written");
        assertThat(Verifier.verify(temporary.resolve("out")))
                .allSatisfy(report -> assertThat(report.findings()).isEmpty());
        assertThat(Verifier.verify(temporary.resolve("out"))).anySatisfy(report -> {
            assertThat(report.complete()).isFalse();
            assertThat(report.counts().written()).isPositive();
        });

        assertThat(process(new Breaking("none", 0, failure, new boolean[1]))).isEqualTo(ExitCode.OK);
        assertThat(Verifier.verify(temporary.resolve("out"))).allSatisfy(report -> {
            assertThat(report.findings()).isEmpty();
            assertThat(report.complete()).isTrue();
        });
    }

    /** Throws when the first film of its thread begins. */
    private record Full(AtomicInteger films) implements FilmProgress {
        @Override
        public void begin(String name, OptionalLong frames, long done) {
            if (films.getAndIncrement() == 0) {
                throw new OutOfMemoryError("of a test");
            }
        }

        @Override
        public void frame(LedgerCounts counts) {}

        @Override
        public void end() {}
    }

    @Test
    void whereMemoryIsTooSmallForTwoFilmsTheyAreDoneOneAfterAnother() throws Exception {
        var films = List.of(
                "lavfi:testsrc=size=64x48:rate=25:duration=12", "lavfi:testsrc2=size=64x48:rate=25:duration=12");

        assertThat(process(new Full(new AtomicInteger()), films, 2))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);

        assertThat(err.toString())
                .contains(
                        "memory ran out; it is continued later, and no more than 1 film is processed at the"
                                + " same time.",
                        "2 films: 2 done")
                .doesNotContain("failed");
        assertThat(Verifier.verify(temporary.resolve("out"))).hasSize(2).allSatisfy(report -> {
            assertThat(report.findings()).isEmpty();
            assertThat(report.counts().written()).isEqualTo(300);
        });
    }
}

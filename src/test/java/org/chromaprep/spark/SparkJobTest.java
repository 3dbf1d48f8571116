package org.chromaprep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chromaprep.spark.SparkHere.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.cli.Program;
import org.chromaprep.files.Json;
import org.chromaprep.output.film.Verifier;
import org.chromaprep.spark.SparkHere.Worker;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster writes what one machine writes, whatever dies. */
@Tag("slow")
class SparkJobTest {
    private static final Path FILM = Path.of("sample-videos", "chase.mp4").toAbsolutePath();
    private static final String NAME = "chase";
    /** Three parts, of which the first is the longest. */
    private static final List<String> SETTINGS = List.of(
            "--size=64x64",
            "--weights=random:1",
            "--layers=conv1_2,conv2_2,conv3_3",
            "--samples=64",
            "--part-minutes=0.03");

    private static final List<String> TWINS = List.of(
            "spark.speculation=true",
            "spark.speculation.interval=200ms",
            "spark.speculation.multiplier=1.1",
            "spark.speculation.quantile=0.3",
            "spark.speculation.minTaskRuntime=1s");

    @TempDir
    static Path shared;

    private static Map<String, String> expected = Map.of();

    @TempDir
    private Path temporary;

    @BeforeAll
    static void onOneMachine() throws IOException {
        var arguments = new ArrayList<>(List.of("process", FILM.toString(), "--out=" + shared.resolve("out")));
        arguments.addAll(SETTINGS);
        assertThat(Program.run(Map.of(), arguments).exit()).isZero();
        expected = files(shared.resolve("out"));
        assertThat(expected).hasSizeGreaterThan(9);
    }

    /** All files of the film with their hashes; of its manifest what is not seconds. */
    private static Map<String, String> files(Path out) throws IOException {
        var found = new TreeMap<String, String>();
        var film = out.resolve(NAME);
        try (Stream<Path> files = Files.walk(film)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var content = Files.readAllBytes(file);
                if (file.endsWith("manifest.json")) {
                    var manifest = (ObjectNode) Json.MAPPER.readTree(content);
                    content = manifest.without(List.of("stages", "seal"))
                            .toString()
                            .getBytes();
                }
                found.put(film.relativize(file).toString(), DigestUtils.sha256Hex(content));
            }
        }
        return found;
    }

    private List<String> arguments() {
        var arguments = new ArrayList<>(List.of(FILM.toString(), "--out=" + out()));
        arguments.addAll(SETTINGS);
        return arguments;
    }

    private Path out() {
        return temporary.resolve("out");
    }

    private void isAsOnOneMachine() throws Exception {
        assertThat(files(out())).isEqualTo(expected);
        assertThat(Verifier.film(out().resolve(NAME), Map.of()).damages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"spark42", "spark35"})
    void aLocalClusterWritesWhatOneMachineWritesAndDoesItOnce(String jars) throws Exception {
        try (var spark = new SparkHere(jars, temporary.resolve("spark"))) {
            var job = spark.submit("job", List.of(), arguments());

            assertThat(job.end()).as(job.said()).isZero();
            assertThat(Files.readString(job.out()))
                    .isEqualTo("chase.mp4: done: 144 frames written, 0 skipped, 0 dropped, 0 lost, in "
                            + out().resolve(NAME) + "\n");
            isAsOnOneMachine();
            var again = spark.submit("again", List.of(), arguments());
            assertThat(again.end()).as(again.said()).isZero();
            assertThat(Files.readString(again.out())).startsWith("chase.mp4: was done already: 144 frames written");
            isAsOnOneMachine();
        }
    }

    @Test
    void anExecutorThatIsKilledInAPartAndADriverThatIsKilledBehindOneCostNothingThatWasCommitted() throws Exception {
        try (var spark = new SparkHere("spark42", temporary.resolve("spark")).withWorkers(Map.of(), Map.of())) {
            var first = spark.submit("first", List.of(), arguments());
            kill(worker(spark, 0));
            await(() -> Files.exists(out().resolve(NAME + "/.parts/000001.json")));
            first.process().destroyForcibly().waitFor();
            var committed = out().resolve(NAME + "/shards/chase-000001.tar");
            var written = Files.getLastModifiedTime(committed);

            var second = spark.submit("second", List.of(), arguments());

            assertThat(second.end()).as(second.said()).isZero();
            isAsOnOneMachine();
            assertThat(Files.getLastModifiedTime(committed)).isEqualTo(written);
        }
    }

    /** The worker that computes a part, once there is one. */
    private static Worker worker(SparkHere spark, int part) throws Exception {
        await(() -> spark.workers().stream().anyMatch(worker -> worker.computes(NAME, part)));
        return spark.workers().stream()
                .filter(worker -> worker.computes(NAME, part))
                .findFirst()
                .orElseThrow();
    }

    private static void kill(Worker worker) {
        worker.executors().forEach(ProcessHandle::destroyForcibly);
    }

    private static void signal(String signal, Worker worker) throws Exception {
        for (var executor : worker.executors()) {
            // The shell's own, for bare machines have no other.
            var command = List.of("sh", "-c", "kill -" + signal + " " + executor.pid());
            assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTwinOfAPartMayWinOrLose(boolean wins) throws Exception {
        try (var spark = new SparkHere("spark42", temporary.resolve("spark")).withWorkers(Map.of(), Map.of())) {
            var job = spark.submit("job", TWINS, arguments());
            var slow = worker(spark, 0);
            signal("STOP", slow);
            var other = spark.workers().get(spark.workers().indexOf(slow) == 0 ? 1 : 0);
            await(() -> other.computes(NAME, 0));
            if (wins) {
                await(() -> Files.exists(out().resolve(NAME + "/.parts/000000.json")));
                signal("CONT", slow);
            } else {
                signal("STOP", other);
                signal("CONT", slow);
                await(() -> Files.exists(out().resolve(NAME + "/.parts/000000.json")));
                signal("CONT", other);
            }

            assertThat(job.end()).as(job.said()).isZero();
            isAsOnOneMachine();
        }
    }

    @Test
    void aPartThatEndsItsExecutorTwiceEndsItsFilmAndNotTheOthers() throws Exception {
        // The same film would be left out as a copy.
        var other = temporary.resolve("other.mp4");
        Files.write(other, concat(Files.readAllBytes(FILM), new byte[] {0, 0, 0, 8, 'f', 'r', 'e', 'e'}));
        try (var spark = new SparkHere("spark42", temporary.resolve("spark")).withWorkers(Map.of(), Map.of())) {
            var arguments = arguments();
            arguments.add(0, other.toString());
            var job = spark.submit("job", List.of(), arguments);
            await(() -> attempts(spark) == 1);
            var first = spark.workers().get(0).attempts("other", 0) == 1 ? 0 : 1;
            kill(spark.workers().get(first));
            await(() -> attempts(spark) == 2);
            kill(spark.workers().get(spark.workers().get(first).attempts("other", 0) == 2 ? first : 1 - first));

            assertThat(job.end()).as(job.said()).isEqualTo(6);
            assertThat(Files.readString(job.out()))
                    .startsWith("chase.mp4: done: 144 frames")
                    .doesNotContain("other");
            assertThat(Files.readString(job.log())).contains("chromaprep: other.mp4: The executor ");
            isAsOnOneMachine();
        }
    }

    private static long attempts(SparkHere spark) {
        return spark.workers().stream()
                .mapToLong(worker -> worker.attempts("other", 0))
                .sum();
    }

    private static byte[] concat(byte[] one, byte[] other) {
        var both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @Test
    void anExecutorWithOtherKernelsIsRefused() throws Exception {
        var other = Map.of("OPENBLAS_CORETYPE", "Prescott");
        try (var spark = new SparkHere("spark42", temporary.resolve("spark")).withWorkers(Map.of(), other)) {
            var job = spark.submit("job", List.of(), arguments());

            assertThat(job.end()).as(job.said()).isZero();
            assertThat(job.said()).contains("RefusedException").containsPattern("openblas was .*, is now ");
            assertThat(Verifier.film(out().resolve(NAME), Map.of()).damages()).isEmpty();
        }
    }

    @Test
    void anOutputThatCannotBeWrittenIsOneSentenceAndAnExitCode() throws Exception {
        Files.writeString(temporary.resolve("out"), "a file");
        try (var spark = new SparkHere("spark42", temporary.resolve("spark"))) {
            var job = spark.submit("job", List.of(), arguments());

            assertThat(job.end()).as(job.said()).isEqualTo(5);
            assertThat(job.said()).contains(out().toString()).doesNotContain("\tat org.chromaprep");
        }
    }
}

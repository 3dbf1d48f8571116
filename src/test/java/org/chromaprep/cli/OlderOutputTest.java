package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What earlier versions have written is used as if this one had. Each archive holds two films and an output folder of the last commit
 * with a form of manifests (1: e33e17f; 2: 52e55bf), made by {@code process film.avi} and then {@code process begun.avi}, which was
 * killed behind its first shard, with the options below.
 */
@Tag("slow")
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class OlderOutputTest {
    private static final String READER = """
            import sys
            from chromaprep_data import samples
            frames = sorted(sample.record.frame for sample in samples(sys.argv[1], "train", {"json", "luma.png", "samples.npy"}))
            assert frames == list(range(8)), frames
            """;

    @TempDir
    private Path folder;

    private Path out;

    private void unpack(int format) throws IOException {
        out = folder.resolve("out");
        var archive = Objects.requireNonNull(OlderOutputTest.class.getResourceAsStream("format" + format + ".zip"));
        try (var zip = new ZipInputStream(archive)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
    }

    private static Program.Ended run(String... arguments) {
        var ended = Program.run(Map.of(), List.of(arguments));
        assertThat(ended.exit()).as(ended.err()).isZero();
        return ended;
    }

    private Program.Ended process(Path to) {
        var ended = Program.process(
                to,
                List.of(
                        folder.resolve("film.avi").toString(),
                        folder.resolve("begun.avi").toString()),
                "--weights",
                "random:1",
                "--samples",
                "4",
                "--shard-frames",
                "4",
                "--annotate",
                "panels",
                "--codec",
                "mpeg4");
        assertThat(ended.exit()).as(ended.err()).isZero();
        return ended;
    }

    private static Map<String, ByteBuffer> contents(Path film) throws IOException {
        var files = new TreeMap<String, ByteBuffer>();
        try (var paths = Files.walk(film)) {
            for (var path : paths.filter(Files::isRegularFile).toList()) {
                var name = film.relativize(path).toString();
                if (Stream.of("manifest.json", ".lock").noneMatch(name::equals)) {
                    files.put(name, ByteBuffer.wrap(Files.readAllBytes(path)));
                }
            }
        }
        return files;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyCommandReadsIt(int format) throws Exception {
        unpack(format);
        assertThat(run("verify", out.toString()).out()).contains("film: sound, complete", "begun: sound, not complete");
        run("scenes", out.toString());
        assertThat(Files.readAllLines(out.resolve("scenes/film.csv"))).hasSize(3);
        run("summary", out.toString());
        assertThat(Files.readString(out.resolve("summary.csv"))).contains("film");
        Files.writeString(folder.resolve("table.csv"), "film,split\nfilm,train\n");
        run(
                "dataset",
                "build",
                out.toString(),
                "--table",
                folder.resolve("table.csv").toString());
        assertThat(run("verify", out.resolve("dataset").toString()).out()).contains("sound; 1 shards, 8 samples");
        readByPython();
    }

    private void readByPython() throws Exception {
        Assumptions.assumeTrue(python("import numpy").isEmpty(), "no python3 with NumPy");
        assertThat(python(READER)).isEmpty();
    }

    /** What a script says in the end; nothing if it ends well. */
    private String python(String script) throws Exception {
        var builder = new ProcessBuilder(
                        "python3", "-c", script, out.resolve("dataset").toString())
                .redirectErrorStream(true);
        builder.environment().put("PYTHONPATH", "scripts/python");
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        try {
            var python = builder.start();
            var said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(python.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return python.exitValue() == 0 ? "" : "ended with " + python.exitValue() + ": " + said;
        } catch (IOException noPython) {
            return noPython.toString();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatIsFinishedStaysAndWhatIsNotIsMadeAnew(int format) throws Exception {
        unpack(format);
        var before = contents(out.resolve("film"));
        var ended = process(out);
        assertThat(ended.out()).contains("film.avi: was done already: 8 frames", "begun.avi: done: 60 frames");
        assertThat(ended.err()).doesNotContain("damaged");
        assertThat(contents(out.resolve("film"))).isEqualTo(before);
        process(folder.resolve("fresh"));
        assertThat(contents(out.resolve("begun"))).isEqualTo(contents(folder.resolve("fresh/begun")));
        assertThat(run("verify", out.toString()).out()).contains("film: sound, complete", "begun: sound, complete");
        assertThat(process(out).out()).contains("film.avi: was done already", "begun.avi: was done already");
    }
}

package org.chromaprep.spark.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.spark.ClusterJars;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores on servers that run here: an object store that speaks S3, and HDFS. */
@Tag("slow")
class ServerStoresTest {
    private static final String CREDENTIALS = "fs.s3a.aws.credentials.provider";
    private static final String FROM_SETTINGS = "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider";
    private static final int BYTES = 12_000_000;

    @TempDir
    private Path temporary;

    private String film;

    @BeforeEach
    void makeFilm() throws IOException {
        var content = new byte[BYTES];
        new Random(7).nextBytes(content);
        Files.write(temporary.resolve("film"), content);
        film = new Content(BYTES, DigestUtils.sha256Hex(content)).toString();
    }

    private static ProcessBuilder java(String classPath, String... arguments) {
        var command = new ArrayList<String>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m"));
        command.addAll(List.of("-cp", classPath));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    private static String ours() {
        return Path.of("target", "test-classes").toAbsolutePath() + ":"
                + Path.of("target", "classes").toAbsolutePath();
    }

    private Map<String, String> trial(String libraries, String address, String what, Map<String, String> settings)
            throws IOException {
        var arguments = new ArrayList<String>(List.of(StoreTrial.class.getName(), temporary.toString(), address, what));
        settings.forEach((name, value) -> arguments.add(name + "=" + value));
        var process =
                java(ours() + ":" + libraries, arguments.toArray(String[]::new)).start();
        var said = new TreeMap<String, String>();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            out.lines().forEach(line -> said.put(line.split(": ", 2)[0], line.substring(line.indexOf(": ") + 2)));
        }
        return said;
    }

    private void isAsPromised(Map<String, String> said) {
        assertThat(said)
                .containsEntry("put", film)
                .containsEntry("got", film)
                .containsEntry("same", "true")
                .containsEntry("content", film)
                .containsEntry("length", String.valueOf(BYTES))
                .containsEntry("folder", "false")
                .containsEntry("new", "true")
                .containsEntry("again", "true")
                .containsEntry("other", "false")
                .containsEntry("read", "one")
                .containsEntry("replaced", "false")
                .containsEntry("kept", String.valueOf(BYTES))
                .containsEntry("keys", "a film 100%/ü#1?.tar manifest.json replaced")
                .containsEntry("beside", "2")
                .containsEntry("deleted", "true")
                .containsEntry("left", "false")
                .containsEntry("nowhere", "0");
        assertThat(said.get("limit")).startsWith("CHANGED ").contains("more than 2 bytes");
        assertThat(said.get("interrupted")).startsWith("INTERRUPTED ");
        assertThat(said.get("missing")).startsWith("MISSING ").contains("/nothing is not there");
    }

    @Test
    void anObjectStoreKeepsItsPromisesAndItsRefusalsAreSentences() throws Exception {
        Files.createDirectories(temporary.resolve("buckets/films"));
        try (var server = new S3(temporary)) {
            var libraries = ClusterJars.of("hadoop");
            var settings = server.settings();

            var said = trial(libraries, "s3a://films/some where", "all", settings);

            isAsPromised(said);
            assertThat(trial(libraries, "s3a://nobucket/x", "ask", settings).get("put"))
                    .isEqualTo("REFUSED There is no bucket nobucket; make it, or check its name, fs.s3a.endpoint and"
                            + " fs.s3a.endpoint.region.");
            assertThat(trial(libraries, "s3a://films", "ask", with(settings, "fs.s3a.secret.key", "wrong"))
                            .values())
                    .allMatch(each ->
                            each.startsWith("REFUSED ") && each.contains("the store refuses these credentials"));
            var none = new TreeMap<>(settings);
            none.keySet().removeIf(name -> name.endsWith(".key"));
            assertThat(trial(libraries, "s3a://films", "ask", with(none, CREDENTIALS, FROM_SETTINGS))
                            .values())
                    .allMatch(each ->
                            each.startsWith("REFUSED There are no credentials for s3a://films; set AWS_ACCESS_KEY_ID"));
        }
    }

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        var more = new TreeMap<>(settings);
        more.put(name, value);
        return more;
    }

    @Test
    void anObjectStoreThatDoesNotAnswerIsNamed() throws Exception {
        var settings = with(S3.settings(1), "fs.s3a.retry.limit", "0");

        var said =
                trial(ClusterJars.of("hadoop"), "s3a://films", "ask", with(settings, "fs.s3a.attempts.maximum", "1"));

        assertThat(said.values())
                .hasSize(2)
                .allMatch(each -> each.startsWith("UNREACHABLE s3a://films does not answer (")
                        && each.contains("fs.s3a.endpoint"));
    }

    @Test
    void whatAnObjectStoreNeedsBesidesSparksJarsIsSaid() throws Exception {
        var folder = Path.of(ClusterJars.of("hadoop").replace("/*", ""));
        try (Stream<Path> jars = Files.list(folder)) {
            var withoutAws = String.join(
                    ":",
                    jars.map(Path::toString)
                            .filter(jar -> !jar.contains("hadoop-aws"))
                            .toList());

            assertThat(trial(withoutAws, "s3a://films", "ask", Map.of()).values())
                    .hasSize(2)
                    .allMatch(
                            each -> each.equals("REFUSED s3a://films needs hadoop-aws, which is not among Spark's jars;"
                                    + " give spark-submit's option packages org.apache.hadoop:hadoop-aws:3.5.0."));
        }
    }

    @Test
    void hdfsKeepsItsPromisesAndOfManyCommitsOneSucceeds() throws Exception {
        var server = java(ours() + ":" + ClusterJars.of("hdfs"), HdfsServer.class.getName(), temporary + "/hdfs")
                .start();
        try (var out = server.inputReader()) {
            var port = port(out);

            var said = trial(ClusterJars.of("hadoop"), "hdfs://127.0.0.1:" + port + "/films", "all", Map.of());

            isAsPromised(said);
            assertThat(said).containsEntry("winners", "[1, 1, 1, 1, 1]");
        } finally {
            server.destroy();
            server.waitFor();
        }
        assertThat(trial(ClusterJars.of("hadoop"), "hdfs://127.0.0.1:1/films", "ask", Map.of())
                        .values())
                .hasSize(2)
                .allMatch(each -> each.startsWith("UNREACHABLE hdfs://127.0.0.1:1 does not answer ("));
    }

    private static String port(BufferedReader out) throws IOException {
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("port ")) {
                return line.substring(5);
            }
        }
        throw new IOException("HDFS did not start");
    }
}

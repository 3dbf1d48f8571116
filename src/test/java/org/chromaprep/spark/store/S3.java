package org.chromaprep.spark.store;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.chromaprep.spark.ClusterJars;

/** An object store on this machine, whose buckets are folders. Whoever starts it closes it. */
public final class S3 implements AutoCloseable {
    private static final String KEY = "test-identity";
    private static final String SECRET = "test-secret";
    private static final int SECONDS = 60;

    private final Process process;
    private final int port;

    /** @param folder gets its files; buckets are in its folder {@code buckets} */
    public S3(Path folder) throws IOException, InterruptedException {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var quiet = Files.writeString(folder.resolve("logback.xml"), "<configuration/>");
        var properties = Files.write(
                folder.resolve("s3proxy.conf"),
                List.of(
                        "s3proxy.endpoint=http://127.0.0.1:" + port,
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + KEY,
                        "s3proxy.credential=" + SECRET,
                        "jclouds.provider=filesystem",
                        "jclouds.filesystem.basedir=" + folder.resolve("buckets")));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dlogback.configurationFile=" + quiet,
                        "-cp",
                        ClusterJars.of("s3proxy"),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        properties.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        waitForIt();
    }

    private void waitForIt() throws IOException, InterruptedException {
        var end = Instant.now().plusSeconds(SECONDS);
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port)).build();
        while (true) {
            try {
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
                return;
            } catch (IOException e) {
                if (!process.isAlive() || Instant.now().isAfter(end)) {
                    close();
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    /** What Hadoop needs to know of it. */
    public Map<String, String> settings() {
        return settings(port);
    }

    static Map<String, String> settings(int port) {
        return new TreeMap<>(Map.of(
                "fs.s3a.endpoint",
                "http://127.0.0.1:" + port,
                "fs.s3a.endpoint.region",
                "us-east-1",
                "fs.s3a.path.style.access",
                "true",
                "fs.s3a.access.key",
                KEY,
                "fs.s3a.secret.key",
                SECRET,
                // Of the films of tests, too, some come in several requests.
                "fs.s3a.multipart.size",
                "5M"));
    }

    @Override
    public void close() {
        process.destroy();
    }
}

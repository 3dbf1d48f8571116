package org.chromaprep.vgg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DownloadTest {
    private static final byte[] CONTENT = new byte[300_000];

    static {
        new Random(3).nextBytes(CONTENT);
    }

    @TempDir
    private Path folder;

    private HttpServer server;
    private ExecutorService threads;
    private final CountDownLatch over = new CountDownLatch(1);

    private interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void bringsTheWholeFileAndTellsHowFarItIs() throws Exception {
        answer(exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
        });
        var told = new ArrayList<Long>();

        var path = download(entry(md5(), 1 << 20), (file, done, total) -> {
            assertThat(file).isEqualTo("w.h5");
            assertThat(total).isEqualTo(OptionalLong.of(CONTENT.length));
            told.add(done);
        });

        assertThat(path).hasBinaryContent(CONTENT).isEqualTo(cache().resolve("w.h5"));
        assertThat(told).isSorted().last().isEqualTo((long) CONTENT.length);
        assertThat(cached()).containsExactly("w.h5");
    }

    @Test
    void aBodyThatBreaksOffLeavesNothing() throws Exception {
        answer(exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT, 0, 1000);
            exchange.getResponseBody().flush();
        });

        refused(entry(md5(), 1 << 20), "could not be fetched");
    }

    @Test
    void aBodyThatStallsIsGivenUp() throws Exception {
        answer(exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT, 0, 1000);
            exchange.getResponseBody().flush();
            over.await();
        });

        refused(entry(md5(), 1 << 20), "nothing came for");
    }

    @Test
    void aWrongHashLeavesNothing() throws Exception {
        answer(exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
        });

        refused(entry("00000000000000000000000000000000", 1 << 20), md5(), "instead of 000000");
    }

    @Test
    void moreThanAllowedIsRefused() throws Exception {
        answer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(CONTENT);
        });

        refused(entry(md5(), 100_000), "more came than the 100000 bytes");
    }

    @Test
    void aMissingFileIsToldWithItsStatus() throws Exception {
        answer(exchange -> exchange.sendResponseHeaders(404, -1));

        refused(entry(md5(), 1 << 20), "the server answered 404");
    }

    @Test
    void withNobodyListeningTheChoicesAreSpelledOut() throws Exception {
        int port = server.getAddress().getPort();
        server.stop(0);
        var environment =
                new WeightsEnvironment(Optional.empty(), cache(), URI.create("http://127.0.0.1:" + port + "/"));

        assertThatExceptionOfType(WeightsException.class)
                .isThrownBy(() -> Weights.load("auto", Vgg16.CONV5_3, environment, DownloadProgress.NONE))
                .withMessageContaining("vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5")
                .satisfies(failure -> assertThat(failure.remedies())
                        .satisfiesExactly(
                                own -> assertThat(own).contains("`weights` FILE", "CHROMAPREP_WEIGHTS=FILE"),
                                elsewhere -> assertThat(elsewhere).contains("weights fetch `from`", cache().toString()),
                                random -> assertThat(random).contains("`weights` random:0.")));
        assertThat(cached()).isEmpty();
    }

    @Test
    void theMessageSaysWhatHappenedAndThreeRemediesWhatToDo() {
        var environment = new WeightsEnvironment(Optional.empty(), cache(), URI.create("http://127.0.0.1:1/"));

        assertThatExceptionOfType(WeightsException.class)
                .isThrownBy(() -> Weights.fetch(Vgg16.CONV5_3, environment, DownloadProgress.NONE))
                .withMessage("The weights could not be fetched: http://127.0.0.1:1/vgg16/"
                        + WeightsCatalog.CONVOLUTIONS.fileName() + " (no connection).")
                .satisfies(failure -> assertThat(failure.remedies()).hasSize(3).allMatch(each -> each.endsWith(".")));
    }

    @Test
    void aMirrorOnDiskIsTakenBeforeTheNetworkWhereverTheFileLiesInIt() throws Exception {
        for (var place : List.of("flat/w.h5", "like-home/vgg16/w.h5", "file/other-name")) {
            var file = folder.resolve(place);
            Files.write(Files.createDirectories(file.getParent()).resolve(file.getFileName()), CONTENT);
        }
        for (var mirror : List.of("flat", "like-home", "file/other-name")) {
            var environment = new WeightsEnvironment(
                            Optional.empty(), folder.resolve("cache-of-" + mirror), URI.create("http://127.0.0.1:1/"))
                    .from(List.of(folder.resolve(mirror).toString()));

            var fetched = new Download(environment.homes(), environment.cacheFolder(), Duration.ofMillis(1000))
                    .fetch(
                            new WeightsCatalog.Entry("vgg16/", "w.h5", md5(), 1 << 20, Vgg16.POOL5),
                            DownloadProgress.NONE);

            assertThat(fetched).hasBinaryContent(CONTENT).hasFileName("w.h5");
        }
    }

    @Test
    void mirrorsAreTriedInTheirOrderAndEachReasonIsTold() throws Exception {
        answer(exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
        });
        var wrong =
                Files.writeString(folder.resolve("wrong"), "not the weights").toString();
        var good = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        var missing = folder.resolve("missing").toString();
        var environment = new WeightsEnvironment(Optional.empty(), cache(), URI.create("http://127.0.0.1:1/"));

        var fetched = new Download(
                        environment.from(List.of(missing, wrong, good)).homes(), cache(), Duration.ofMillis(1000))
                .fetch(entry(md5(), 1 << 20), DownloadProgress.NONE);

        assertThat(fetched).hasBinaryContent(CONTENT);
        assertThatExceptionOfType(WeightsException.class)
                .isThrownBy(() -> new Download(
                                environment.from(List.of(missing, wrong)).homes(),
                                folder.resolve("other"),
                                Duration.ofMillis(1000))
                        .fetch(entry(md5(), 1 << 20), DownloadProgress.NONE))
                .withMessageContainingAll(
                        "missing (there is no such file), ", "wrong (what came has the MD5 ", "(no connection).");
    }

    @Test
    void aCacheFolderThatCannotBeMadeIsNamedWithItsRemedy() throws Exception {
        var file = Files.createFile(folder.resolve("file"));
        var environment =
                new WeightsEnvironment(Optional.empty(), file.resolve("cache"), URI.create("http://127.0.0.1:1/"));

        assertThatExceptionOfType(WeightsException.class)
                .isThrownBy(() -> Weights.fetch(Vgg16.CONV5_3, environment, DownloadProgress.NONE))
                .withMessageContainingAll(
                        file.resolve("cache").toString(), "cannot be made (", "XDG_CACHE_HOME", "`weights` FILE");
    }

    @Test
    void autoTakesWhatTheEnvironmentNamesBeforeTheCacheAndTheNetwork() throws Exception {
        var npz = WeightsFixtures.npz(folder.resolve("w.npz"));
        var environment =
                new WeightsEnvironment(Optional.of(npz.toString()), cache(), URI.create("http://127.0.0.1:1/"));

        var weights = Weights.load("auto", Vgg16.CONV1_2, environment, DownloadProgress.NONE);

        assertThat(weights.origin().location()).isEqualTo(npz.toString());
    }

    @Test
    void autoTakesTheCacheBeforeTheNetworkAndTheWholeNetworkForDenseLayersOnly() throws Exception {
        Files.createDirectories(cache());
        var whole = WeightsCatalog.WHOLE.fileName();
        var small = WeightsCatalog.CONVOLUTIONS.fileName();
        Files.write(cache().resolve(whole), new byte[] {1});
        var environment = new WeightsEnvironment(Optional.empty(), cache(), URI.create("http://127.0.0.1:1/"));

        assertDamagedInTheCache(Vgg16.CONV5_3, environment, whole);
        Files.write(cache().resolve(small), new byte[] {1});
        assertDamagedInTheCache(Vgg16.CONV5_3, environment, small);
        assertDamagedInTheCache(Vgg16.FC6, environment, whole);
        assertThat(cached()).containsExactlyInAnyOrder(whole, small);
    }

    private static void assertDamagedInTheCache(VggLayer deepest, WeightsEnvironment environment, String file) {
        assertThatExceptionOfType(WeightsException.class)
                .isThrownBy(() -> Weights.load("auto", deepest, environment, DownloadProgress.NONE))
                .withMessageContainingAll(
                        file + " in the cache is damaged", "55a54008ad1ba589aa210d2629c1df41", "delete it");
    }

    @Test
    void aFileInTheCacheIsUsedAsLongAsItIsWhatWasFetched() throws Exception {
        var file = Files.write(Files.createDirectories(cache()).resolve("w.h5"), CONTENT);
        Weights.requireIntact(file, entry(md5(), 1 << 20));
        var changed = CONTENT.clone();
        changed[200_000] ^= 1;
        Files.write(file, changed);

        assertThatExceptionOfType(WeightsException.class)
                .isThrownBy(() -> Weights.requireIntact(file, entry(md5(), 1 << 20)))
                .withMessageContainingAll("w.h5", md5(), "delete it");
    }

    private void answer(Answer answer) {
        server.createContext("/", exchange -> {
            try (exchange) {
                answer.to(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Path download(WeightsCatalog.Entry entry, DownloadProgress progress) throws WeightsException {
        var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return new Download(List.of(address), cache(), Duration.ofMillis(1000)).fetch(entry, progress);
    }

    private void refused(WeightsCatalog.Entry entry, String... said) throws IOException {
        assertThatExceptionOfType(WeightsException.class)
                .isThrownBy(() -> download(entry, DownloadProgress.NONE))
                .withMessageContainingAll(said);
        assertThat(cached()).isEmpty();
    }

    private Path cache() {
        return folder.resolve("cache");
    }

    private List<String> cached() throws IOException {
        try (var files = Files.list(cache())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static WeightsCatalog.Entry entry(String md5, long maxBytes) {
        return new WeightsCatalog.Entry("", "w.h5", md5, maxBytes, Vgg16.POOL5);
    }

    private static String md5() {
        return DigestUtils.md5Hex(CONTENT);
    }
}

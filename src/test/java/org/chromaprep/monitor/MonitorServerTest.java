package org.chromaprep.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import org.chromaprep.pipeline.DeskFeeder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@Timeout(60)
class MonitorServerTest {
    private static final long GUARD_MILLIS = 60_000;

    private final DeskFeeder run = new DeskFeeder(true);
    private final AtomicBoolean goesOn = new AtomicBoolean(true);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private MonitorServer server = open(Optional.empty(), run);

    private MonitorServer open(Optional<String> token, DeskFeeder run) {
        return open(token, Visitors.Limits.usual(), run);
    }

    private MonitorServer open(Optional<String> token, Visitors.Limits limits, DeskFeeder run) {
        try {
            return MonitorServer.open(
                    new MonitorOptions("127.0.0.1", 0, token),
                    limits,
                    run.desk(),
                    registry,
                    () -> "chromaprep_frames 1\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        goesOn.set(false);
        server.close();
    }

    /** Frames go by until the test is over. */
    private void roll() {
        var thread = new Thread(() -> {
            for (var grey = 0; goesOn.get(); grey++) {
                run.frame(grey % 200);
                Thread.yield();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Sends a request with headers of its own, and gives all that comes back. */
    private String ask(String line, String headers, String body) throws IOException {
        try (var socket = connect()) {
            var host = headers.contains("Host:") ? "" : "Host: 127.0.0.1:" + server.port() + "\r\n";
            send(socket, line + " HTTP/1.1\r\n" + host + headers + "Connection: close\r\n\r\n" + body);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String get(String path) throws IOException {
        return ask("GET " + path, "", "");
    }

    private String look(String body) throws IOException {
        return ask(
                "POST /api/look", "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n", body);
    }

    private static byte[] picture(InputStream stream) throws IOException {
        var length = 0;
        for (var line = line(stream); !line.isEmpty() || length == 0; line = line(stream)) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        return stream.readNBytes(length);
    }

    private static String line(InputStream stream) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var c = stream.read(); c != '\n'; c = stream.read()) {
            if (c < 0) {
                throw new IOException("The stream ended.");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    private Socket viewer() throws IOException {
        var socket = connect();
        send(socket, "GET /live.mjpeg HTTP/1.0\r\nHost: localhost\r\n\r\n");
        return socket;
    }

    @Test
    void thePageStandsAloneAndItsScriptHasANonce() throws IOException {
        var page = get("/");
        assertThat(page)
                .startsWith("HTTP/1.1 200")
                .contains("<canvas")
                .doesNotContain("@NONCE@")
                .doesNotContain("https://")
                .contains(
                        "X-Frame-Options: DENY",
                        "X-Content-Type-Options: nosniff",
                        "Cross-Origin-Resource-Policy: same-origin",
                        "frame-ancestors 'none'",
                        "default-src 'none'");
        var nonce = page.replaceAll("(?s).*script-src 'nonce-([^']+)'.*", "$1");
        assertThat(page).contains("<script nonce=\"" + nonce + "\">");
        assertThat(get("/")).doesNotContain(nonce);
    }

    @Test
    void theStatusSaysHowFarARunIsOnItsWayToWhereItContinues() throws IOException {
        run.desk().reread(12_000, 159_981);
        assertThat(get("/api/status")).contains("\"goes_to\":{", "\"frame\":159981", "\"at\":12000");
        run.frame(100);
        assertThat(get("/api/status")).doesNotContain("goes_to");
    }

    @Test
    void theStatusSaysHowFarTheWholeRunIs() throws IOException {
        assertThat(get("/api/status")).doesNotContain("\"run\"");
        Gauge.builder("chromaprep.run.films", () -> 212).register(registry);
        Gauge.builder("chromaprep.run.film", () -> 12).register(registry);
        Gauge.builder("chromaprep.run.done", () -> 0.05).register(registry);
        var end = new AtomicReference<>(Double.NaN);
        Gauge.builder("chromaprep.run.end", end, AtomicReference::get).register(registry);
        assertThat(get("/api/status")).contains("\"run\":{\"film\":12,\"films\":212,\"done\":0.05}");
        end.set(1.7955e9);
        assertThat(get("/api/status")).contains("\"end\":1.7955E9}");
    }

    @Test
    void aRunOverOneFilmIsNoMoreThanItsFilm() throws IOException {
        Gauge.builder("chromaprep.run.films", () -> 1).register(registry);
        assertThat(get("/api/status")).doesNotContain("\"run\"");
    }

    @Test
    void viewersSeeWholePicturesOfTheRun() throws IOException {
        roll();
        try (var socket = viewer()) {
            for (var number = 0; number < 3; number++) {
                var image = ImageIO.read(new ByteArrayInputStream(picture(socket.getInputStream())));
                assertThat(image.getWidth()).isEqualTo(400);
                assertThat(image.getHeight()).isEqualTo(300);
            }
        }
    }

    @Test
    void viewersThatDoNotReadKeepNobodyWaiting() throws IOException {
        var stuck = new ArrayList<Socket>();
        try {
            for (var number = 0; number < 60; number++) {
                stuck.add(viewer());
            }
            // Frames are fed by this very thread: it would never come to the end if one of them could make it wait.
            for (var frame = 0; frame < 2_000; frame++) {
                run.frame(frame % 200);
            }
            roll();
            try (var socket = viewer()) {
                assertThat(picture(socket.getInputStream())).isNotEmpty();
            }
            assertThat(get("/api/status")).contains("\"viewers\":6");
        } finally {
            for (var socket : stuck) {
                socket.close();
            }
        }
    }

    @Test
    void aQuestionIsAnsweredByTheNextFrame() throws Exception {
        roll();
        // The second of two panels, whose part of the picture is its upper half: the grid's pixel in row 2, column 6.
        var answer = get("/api/similarity?x=0.9&y=0.3");
        var node = new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n")));
        assertThat(node.get("x").asInt()).isEqualTo(6);
        assertThat(node.get("y").asInt()).isEqualTo(2);
        assertThat(node.get("cosines")).hasSize(32);
        assertThat(node.get("cosines").get(0).asInt()).isEqualTo(22);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?x=0.5", "?x=0.5&y=0.9", "?x=2&y=0", "?x=NaN&y=0", "?x=a&y=b", "?x=-0.1&y=0.1"})
    void aPointThatIsNoPixelIsRefused(String query) throws IOException {
        assertThat(get("/api/similarity" + query)).startsWith("HTTP/1.1 400");
    }

    @Test
    void theLookChangesWhileItRuns() throws IOException {
        assertThat(look("{\"clusters\":5,\"layers\":[\"conv2_2\"],\"strength\":80}"))
                .startsWith("HTTP/1.1 200");
        assertThat(run.desk().look().orElseThrow().clusters()).isEqualTo(5);
        assertThat(run.desk().look().orElseThrow().layers()).containsExactly("conv2_2");
        assertThat(get("/api/status")).contains("\"strength\":80");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"clusters\":0,\"layers\":[\"conv1_2\"],\"strength\":45}",
                "{\"clusters\":999,\"layers\":[\"conv1_2\"],\"strength\":45}",
                "{\"clusters\":2,\"layers\":[\"fc8\"],\"strength\":45}",
                "{\"clusters\":2,\"layers\":[],\"strength\":45}",
                "{\"clusters\":2,\"layers\":[\"conv1_2\"],\"strength\":101}"
            })
    void aLookThatTheRunCannotHaveIsASentence(String body) throws IOException {
        assertThat(look(body)).startsWith("HTTP/1.1 409").doesNotContain("Exception");
        assertThat(run.desk().look().orElseThrow().clusters()).isEqualTo(2);
    }

    @Test
    void aRunWhoseDumpsHoldClustersKeepsThem() throws IOException {
        server.close();
        var fixed = new DeskFeeder(false);
        server = open(Optional.empty(), fixed);
        assertThat(look("{\"clusters\":5,\"layers\":[\"conv1_2\",\"conv2_2\"],\"strength\":45}"))
                .startsWith("HTTP/1.1 409")
                .contains("`dump`");
        assertThat(look("{\"clusters\":2,\"layers\":[\"conv1_2\",\"conv2_2\"],\"strength\":10}"))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "{\"clusters\":\"many\"}", "[]", "null", "{\"clusters\":2}", ""})
    void nonsenseIsRefusedWithoutATrace(String body) throws IOException {
        assertThat(look(body)).matches("(?s)HTTP/1.1 (400|409).*").doesNotContain("Exception", "\tat ", "jackson");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin: http://evil.test, 403",
        "Host: evil.test, 403",
        "Sec-Fetch-Site: cross-site, 403",
        "Sec-Fetch-Site: same-origin, 200"
    })
    void pagesOfOtherSitesAreRefused(String header, int code) throws IOException {
        assertThat(ask("GET /api/status", header + "\r\n", "")).startsWith("HTTP/1.1 " + code);
    }

    @Test
    void garbageAndOversizeAreRefusedWithoutATrace() throws IOException {
        for (var request : new String[] {
            "\0\1\2\3\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(20_000) + "\r\n\r\n",
            "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"
        }) {
            try (var socket = connect()) {
                send(socket, request);
                var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d .*").doesNotContain("Exception", "jetty", "\tat ");
            }
        }
        assertThat(ask("POST /api/look", "Content-Type: application/json\r\nContent-Length: 9999999\r\n", ""))
                .startsWith("HTTP/1.1 413");
        assertThat(ask("DELETE /", "", "")).startsWith("HTTP/1.1 405");
        assertThat(get("/../../etc/passwd")).startsWith("HTTP/1.1 4");
    }

    @Test
    void whereATokenIsSetNothingIsToldWithoutIt() throws IOException {
        server.close();
        server = open(Optional.of("right"), run);
        assertThat(get("/")).startsWith("HTTP/1.1 403").doesNotContain("<html");
        assertThat(get("/api/status")).startsWith("HTTP/1.1 403");
        assertThat(get("/?token=wrong")).startsWith("HTTP/1.1 403");
        assertThat(ask("GET /api/status", "Authorization: Bearer wrong\r\n", ""))
                .startsWith("HTTP/1.1 403");
        assertThat(ask("GET /api/status", "Authorization: Bearer right\r\n", ""))
                .startsWith("HTTP/1.1 200");
        assertThat(get("/?token=right")).startsWith("HTTP/1.1 303").contains("HttpOnly; SameSite=Strict");
        assertThat(ask("GET /api/status", "Cookie: chromaprep-monitor=right\r\n", ""))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void metricsAndHealthAreTold() throws IOException {
        assertThat(get("/metrics")).contains("chromaprep_frames 1");
        assertThat(get("/healthz")).startsWith("HTTP/1.1 200").endsWith("alive");
    }

    /** Opens connections of which no whole request comes. */
    private List<Socket> slow(int count, String sent) throws IOException {
        var sockets = new ArrayList<Socket>();
        for (var number = 0; number < count; number++) {
            var socket = connect();
            sockets.add(socket);
            send(socket, sent);
        }
        return sockets;
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
    }

    private static final String SLOW_BODY =
            "POST /api/look HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 60\r\n\r\n{";
    private static final String SLOW_HEAD = "GET /healthz HTTP/1.1\r\nHost: localh";

    @ParameterizedTest
    @ValueSource(strings = {SLOW_BODY, SLOW_HEAD, "G", ""})
    void whoSendsSlowlyKeepsNobodyWaiting(String sent) throws IOException {
        var slow = slow(100, sent);
        for (var number = 0; number < 20; number++) {
            assertThat(get("/healthz")).endsWith("alive");
        }
        close(slow);
    }

    @ParameterizedTest
    @ValueSource(strings = {SLOW_BODY, SLOW_HEAD})
    void asManySlowConnectionsAsThereMayBeLockNobodyOut(String sent) throws IOException {
        server.close();
        server = open(Optional.of("right"), new Visitors.Limits(20, GUARD_MILLIS, GUARD_MILLIS), run);
        roll();
        try (var watcher = connect()) {
            send(watcher, "GET /live.mjpeg HTTP/1.0\r\nHost: localhost\r\nAuthorization: Bearer right\r\n\r\n");
            assertThat(picture(watcher.getInputStream())).isNotEmpty();
            var slow = slow(60, sent);
            assertThat(ask("GET /healthz", "Authorization: Bearer right\r\n", ""))
                    .endsWith("alive");
            // Those that came first had to go, and who watches did not.
            assertThat(slow.get(0).getInputStream().readAllBytes().length).isLessThan(1_000);
            for (var number = 0; number < 10; number++) {
                assertThat(picture(watcher.getInputStream())).isNotEmpty();
            }
            close(slow);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SLOW_BODY,
                SLOW_HEAD,
                "",
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /api/similarity?x=0.1&y=0.1 HTTP/1.1\r\nHost: localhost\r\n\r\n"
            })
    void whoTakesTooLongIsSentAway(String sent) throws IOException {
        server.close();
        server = open(Optional.empty(), new Visitors.Limits(20, 300, 300), run);
        try (var socket = connect()) {
            send(socket, sent);
            // Comes to its end when the server ends the connection; nobody rolls, so that no frame answers.
            assertThat(socket.getInputStream().readAllBytes().length).isLessThan(2_000);
        }
    }

    @Test
    void aBodyThatComesInPiecesIsRead() throws IOException {
        var body = "{\"clusters\":5,\"layers\":[\"conv2_2\"],\"strength\":80}";
        try (var socket = connect()) {
            send(
                    socket,
                    "POST /api/look HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                            + "Content-Length: " + body.length() + "\r\n\r\n");
            for (var letter : body.toCharArray()) {
                send(socket, String.valueOf(letter));
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
        }
        assertThat(run.desk().look().orElseThrow().clusters()).isEqualTo(5);
    }

    @Test
    void aBodyOfUnknownLengthOrOfNoLettersIsRefused() throws IOException {
        assertThat(ask(
                        "POST /api/look",
                        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n",
                        "2\r\n{}\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        assertThat(look("\u00ff\u00fe")).startsWith("HTTP/1.1 400");
    }

    @Test
    void anotherAddressNeedsAToken() {
        assertThatThrownBy(() -> new MonitorOptions("0.0.0.0", 0, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`monitor-token`");
    }
}

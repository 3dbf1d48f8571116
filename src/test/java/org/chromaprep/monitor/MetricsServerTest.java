package org.chromaprep.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@Timeout(60)
class MetricsServerTest {
    private MetricsServer server;

    @BeforeEach
    void open() throws IOException {
        server = MetricsServer.open(0, () -> "chromaprep_frames 1\n");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String ask(String request, String host) throws IOException {
        try (var socket = connect()) {
            send(socket, request + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    @Test
    void metricsAreToldToWhoNamesThisMachine() throws IOException {
        assertThat(ask("GET /metrics", "localhost:" + server.port()))
                .startsWith("HTTP/1.1 200")
                .endsWith("chromaprep_frames 1\n")
                .contains("text/plain; version=0.0.4");
        assertThat(ask("GET /metrics", "evil.test")).startsWith("HTTP/1.1 403").doesNotContain("chromaprep_frames");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /metricsfoo, 404",
        "GET /metrics/, 404",
        "GET /, 404",
        "POST /metrics, 405",
        "GET /metrics/../metrics, 200"
    })
    void nothingElseIsThere(String request, String code) throws IOException {
        assertThat(ask(request, "127.0.0.1")).startsWith("HTTP/1.1 " + code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /metrics HTTP/1.1\r\nHost: localh",
                "",
                "POST /metrics HTTP/1.1\r\nHost: localhost\r\n" + "Content-Length: 9\r\n\r\n"
            })
    void halfRequestsKeepNobodyWaiting(String sent) throws IOException {
        var slow = new ArrayList<Socket>();
        for (var number = 0; number < 30; number++) {
            slow.add(connect());
            send(slow.get(number), sent);
        }
        assertThat(ask("GET /metrics", "127.0.0.1")).contains("chromaprep_frames 1");
        for (var socket : slow) {
            socket.close();
        }
    }
}

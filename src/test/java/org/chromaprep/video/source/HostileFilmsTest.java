package org.chromaprep.video.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.chromaprep.video.CaptureOptions;
import org.chromaprep.video.Rational;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.encode.VideoWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Films that would have us read other files or addresses. The secret is itself a film, so following a reference shows. */
class HostileFilmsTest {
    @TempDir
    private Path temporary;

    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private Path secret;

    @BeforeEach
    void hideTheSecret() throws Exception {
        secret = temporary.resolve("secret.nut");
        var settings = new EncoderSettings("mpeg4", 32, 32, new Rational(1, 25), new Rational(25, 1), 1);
        try (var writer = VideoWriter.open(secret, settings)) {
            for (int frame = 0; frame < 5; frame++) {
                writer.write(new int[32 * 32], frame);
            }
            writer.finish();
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            var film = Files.readAllBytes(secret);
            exchange.sendResponseHeaders(200, film.length);
            exchange.getResponseBody().write(film);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopTheServer() {
        server.stop(0);
    }

    private String fill(String text) {
        return text.replace("SECRET", secret.toString())
                .replace("URL", "http://127.0.0.1:" + server.getAddress().getPort() + "/secret.nut");
    }

    private void assertRefused(Path file) {
        assertThatThrownBy(() ->
                        Sources.open(new FilmFile(file), SourceOptions.DEFAULT).close())
                .as(file.toString())
                .isInstanceOf(SourceException.class);
        assertThat(requests).hasValue(0);
    }

    @Test
    void theSecretIsAFilmByItself() throws Exception {
        Sources.open(new FilmFile(secret), SourceOptions.DEFAULT).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"list.m3u8", "film.mp4", "list.ffconcat", "film.sdp", "film.svg", "film.mpd", "film.png"})
    void textThatNamesOtherFilmsIsNotFollowed(String name) throws IOException {
        var texts = List.of(
                "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nSECRET\n#EXT-X-ENDLIST\n",
                "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:SECRET\n#EXT-X-ENDLIST\n",
                "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nURL\n#EXT-X-ENDLIST\n",
                "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nconcat:URL|file:SECRET\n#EXT-X-ENDLIST\n",
                "ffconcat version 1.0\nfile 'SECRET'\n",
                "ffconcat version 1.0\nfile 'URL'\n",
                "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
                "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY x SYSTEM \"file:SECRET\">]><svg xmlns="
                        + "\"http://www.w3.org/2000/svg\" width=\"64\" height=\"64\"><image href=\"URL\"/>"
                        + "<image href=\"file:SECRET\"/><text>&x;</text></svg>",
                "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><Period><AdaptationSet>"
                        + "<Representation id=\"0\" mimeType=\"video/mp4\"><BaseURL>URL</BaseURL></Representation>"
                        + "</AdaptationSet></Period></MPD>",
                "[Reference]\nRef1=URL\n",
                "<asx version=\"3.0\"><entry><ref href=\"URL\"/></entry></asx>");
        for (var text : texts) {
            assertRefused(Files.writeString(temporary.resolve(name), fill(text)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pattern%02d.png", "*.png", "concat:a|b", "subfile,,start,0,end,9,,:x.mp4"})
    void aNameIsNoPatternAndNoProtocol(String name) throws IOException {
        assertRefused(Files.writeString(temporary.resolve(name), "no film"));
        assertThatThrownBy(() -> Sources.open(new FilmFile(temporary.resolve("missing" + name)), SourceOptions.DEFAULT)
                        .close())
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void aListOfFilmsIsCalledThat() throws IOException {
        var list = Files.writeString(temporary.resolve("list.ffconcat"), fill("ffconcat version 1.0\nfile 'SECRET'\n"));
        assertThatThrownBy(() ->
                        Sources.open(new FilmFile(list), SourceOptions.DEFAULT).close())
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("list of films")
                .hasMessageContaining("name the films");
    }

    @Test
    void aPipeIsRefusedBeforeAnythingWaitsForIt() throws Exception {
        var pipe = temporary.resolve("film.mp4");
        try {
            Assumptions.assumeTrue(
                    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "needs mkfifo");
        } catch (IOException e) {
            Assumptions.abort("needs mkfifo");
        }
        assertRefused(pipe);
    }

    @Test
    void framesBeyondTheLimitAreRefused() {
        assertThatThrownBy(
                        () -> Sources.open(new FilmFile(secret), new SourceOptions(1, 32 * 31, CaptureOptions.DEFAULT))
                                .close())
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("32x32")
                .hasMessageContaining("992");
    }
}

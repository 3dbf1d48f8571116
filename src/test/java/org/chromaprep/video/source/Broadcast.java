package org.chromaprep.video.source;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import javax.imageio.ImageIO;
import org.chromaprep.video.Rational;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.encode.EncodingException;
import org.chromaprep.video.encode.VideoWriter;

/** A sender on the loopback address for tests: it serves one viewer after another, each by the next of its scripts. */
final class Broadcast implements AutoCloseable {
    /** What one connection gets. */
    interface Script {
        void serve(Socket viewer) throws Exception;
    }

    private final ServerSocket server;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Broadcast(ServerSocket server) {
        this.server = server;
    }

    /** Serves the scripts in order, then refuses. */
    static Broadcast of(List<Script> scripts) throws IOException {
        var broadcast = new Broadcast(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        broadcast.start(scripts);
        return broadcast;
    }

    private void start(List<Script> scripts) {
        var thread = new Thread(() -> serve(scripts), "broadcast");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(List<Script> scripts) {
        try (server) {
            for (var number = 0; number < scripts.size(); number++) {
                try (var viewer = server.accept()) {
                    if (number == scripts.size() - 1) {
                        server.close();
                    }
                    scripts.get(number).serve(viewer);
                } catch (IOException gone) {
                    if (server.isClosed() && number < scripts.size() - 1) {
                        return;
                    }
                }
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    String address(String scheme) {
        return scheme + "://127.0.0.1:" + server.getLocalPort();
    }

    /** Sends bytes and hangs up. */
    static Script sends(byte[] bytes) {
        return viewer -> viewer.getOutputStream().write(bytes);
    }

    /** Sends one viewer bytes and then nothing, until it is closed. */
    static Broadcast thatWaitsAfter(byte[] bytes) throws IOException {
        var broadcast = new Broadcast(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        broadcast.start(List.of(viewer -> {
            viewer.getOutputStream().write(bytes);
            broadcast.closed.await();
        }));
        return broadcast;
    }

    /** Answers an HTTP request with a body. */
    static Script answers(String type, byte[] body) {
        return viewer -> {
            var in = viewer.getInputStream();
            var last = 0;
            for (var c = in.read(); c >= 0 && last != 0x0D0A0D0A; c = last == 0x0D0A0D0A ? -1 : in.read()) {
                last = last << 8 | c;
            }
            var out = viewer.getOutputStream();
            text(out, "HTTP/1.0 200 OK\r\nConnection: close\r\nContent-Type: " + type + "\r\n\r\n");
            out.write(body);
        };
    }

    /** JPEG pictures as parts of an HTTP body, each of its own size. */
    static byte[] motionJpeg(int[][] sizes) throws IOException {
        var out = new ByteArrayOutputStream();
        for (var size : sizes) {
            var image = new BufferedImage(size[0], size[1], BufferedImage.TYPE_INT_RGB);
            var paint = image.createGraphics();
            paint.setColor(Color.GRAY);
            paint.fillRect(0, 0, size[0] / 2, size[1]);
            paint.dispose();
            var jpeg = new ByteArrayOutputStream();
            ImageIO.write(image, "jpeg", jpeg);
            text(out, "--picture\r\nContent-Type: image/jpeg\r\nContent-Length: " + jpeg.size() + "\r\n\r\n");
            jpeg.writeTo(out);
            text(out, "\r\n");
        }
        text(out, "--picture--\r\n");
        return out.toByteArray();
    }

    /** A film of so many frames at 25 a second, as bytes that can be read without seeking. */
    static byte[] film(Path folder, int frames, int width, int height) throws Exception {
        var file = folder.resolve(frames + "-" + width + "x" + height + ".nut");
        try (var writer = VideoWriter.open(file, settings("mpeg4", width, height))) {
            write(writer, frames, width * height);
        }
        return Files.readAllBytes(file);
    }

    /** The same as H.264 in an MPEG transport stream, with a picture that stands alone every two seconds. */
    static byte[] transportStream(Path folder, int frames, int width, int height) throws Exception {
        var file = folder.resolve(frames + "-" + width + "x" + height + ".ts");
        try (var writer = VideoWriter.record(file, settings("h264", width, height), "ts", Instant.EPOCH)) {
            write(writer, frames, width * height);
        }
        return Files.readAllBytes(file);
    }

    private static EncoderSettings settings(String codec, int width, int height) {
        return new EncoderSettings(codec, width, height, new Rational(1, 1000), new Rational(25, 1), 1);
    }

    private static void write(VideoWriter writer, int frames, int pixels) throws EncodingException {
        var rgb = new int[pixels];
        var random = new Random(frames);
        for (var frame = 0; frame < frames; frame++) {
            Arrays.setAll(rgb, pixel -> 0x010101 * (60 + random.nextInt(100)));
            writer.write(rgb, 40L * frame);
        }
        writer.finish();
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
    }
}

package org.chromaprep.monitor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.chromaprep.pipeline.watch.LivePicture;
import org.chromaprep.pipeline.watch.RunMonitor;

/**
 * Encodes each live picture once, on a thread of its own, and offers it to every viewer; while none waits for one, it does
 * nothing.
 */
final class Broadcaster implements AutoCloseable {
    static final String BOUNDARY = "picture";
    private static final int MOST_VIEWERS = 100;
    private static final long PAUSE = 50_000_000;
    /** Times as long as making a picture took that the next one waits: where the processor is the limit, pictures cost frames. */
    private static final long REST = 15;

    private static final long WAIT_MILLIS = 5_000;

    private final RunMonitor desk;
    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::run, "chromaprep-monitor");
    private volatile boolean closed;

    Broadcaster(RunMonitor desk) {
        this.desk = desk;
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether there is room for another viewer. */
    boolean hasRoom() {
        return viewers.size() < MOST_VIEWERS;
    }

    void add(Viewer viewer) {
        viewers.add(viewer);
    }

    void remove(Viewer viewer) {
        viewers.remove(viewer);
    }

    int viewers() {
        return viewers.size();
    }

    private void run() {
        try (var encoder = new JpegEncoder()) {
            run(encoder);
        }
    }

    private void run(JpegEncoder encoder) {
        var seen = Optional.<LivePicture>empty();
        var rest = PAUSE;
        while (!closed) {
            LockSupport.parkNanos(rest);
            rest = PAUSE;
            // A viewer that does not read must not cost the run a picture that nobody takes.
            var wanted = viewers.stream().anyMatch(Viewer::waits);
            desk.watch(wanted);
            if (!wanted) {
                continue;
            }
            try {
                seen = desk.pictureAfter(seen, WAIT_MILLIS);
                desk.watch(false);
                if (seen.isPresent()) {
                    var begin = System.nanoTime();
                    var part = part(encoder.encode(seen.get()));
                    viewers.forEach(viewer -> viewer.offer(part));
                    rest = Math.max(PAUSE, REST * (System.nanoTime() - begin));
                }
            } catch (InterruptedException | IOException e) {
                closed = true;
            }
        }
        desk.watch(false);
    }

    private static byte[] part(byte[] jpeg) {
        var part = new ByteArrayOutputStream();
        part.writeBytes(("Content-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        part.writeBytes(jpeg);
        // The boundary behind a picture shows the browser at once that the picture is whole.
        part.writeBytes(("\r\n--" + BOUNDARY + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return part.toByteArray();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        viewers.forEach(Viewer::close);
    }
}

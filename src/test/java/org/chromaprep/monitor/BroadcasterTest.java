package org.chromaprep.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.Consumer;
import org.chromaprep.pipeline.DeskFeeder;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BroadcasterTest {
    private static final int FRAMES = 10;
    private static final long PATIENCE_MILLIS = 100;

    private final DeskFeeder run = new DeskFeeder(true);

    /** A response of which only writing is used; the other side decides when a write is done. */
    private static Response response(Consumer<Callback> written) {
        return (Response) Proxy.newProxyInstance(
                Response.class.getClassLoader(), new Class<?>[] {Response.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("write")) {
                        written.accept((Callback) arguments[2]);
                    }
                    return null;
                });
    }

    /** Whether a run with one viewer, which has been offered something before, copies pictures for it. */
    private boolean copiesPictures(Response response) throws InterruptedException {
        try (var broadcaster = new Broadcaster(run.desk())) {
            var viewer = new Viewer(response, Callback.NOOP, broadcaster::remove);
            viewer.offer(new byte[1]);
            broadcaster.add(viewer);
            for (var frame = 0; frame < FRAMES; frame++) {
                run.frame(frame);
                if (run.desk().pictureAfter(Optional.empty(), PATIENCE_MILLIS).isPresent()) {
                    return true;
                }
            }
            return false;
        }
    }

    @Test
    void aViewerThatReadsIsGivenPictures() throws Exception {
        assertThat(copiesPictures(response(Callback::succeeded))).isTrue();
    }

    @Test
    void aViewerThatDoesNotReadCostsTheRunNoPictures() throws Exception {
        assertThat(copiesPictures(response(written -> {}))).isFalse();
    }
}

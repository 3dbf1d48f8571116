package org.chromaprep.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.ByteBufferBackedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.chromaprep.pipeline.watch.LiveLook;
import org.chromaprep.pipeline.watch.RunMonitor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/** Answers what is asked of the monitor; {@code docs/live.md} describes it. */
final class MonitorHandler extends Handler.Abstract.NonBlocking {
    private static final int MOST_BODY = 4_096;
    private static final long ANSWER_SECONDS = 20;
    private static final double STALLED_SECONDS = 30;
    private static final String FORM = "Send {\"clusters\": 4, \"layers\": [\"conv1_2\"], \"strength\": 45}.";
    private static final String JSON = "application/json";

    private final ObjectMapper json = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    private final RunMonitor desk;
    private final Access access;
    private final Page page;
    private final Broadcaster broadcaster;
    private final Status status;
    private final Supplier<String> metrics;
    private final Presence presence;

    MonitorHandler(
            RunMonitor desk,
            Access access,
            Page page,
            Broadcaster broadcaster,
            Status status,
            Supplier<String> metrics,
            Presence presence) {
        this.presence = presence;
        this.desk = desk;
        this.access = access;
        this.page = page;
        this.broadcaster = broadcaster;
        this.status = status;
        this.metrics = metrics;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var path = Request.getPathInContext(request);
        Answers.guard(response);
        var token = path.equals("/") ? access.tokenInAddress(request) : Optional.<String>empty();
        if (token.isPresent()) {
            response.getHeaders()
                    .put("Set-Cookie", Access.COOKIE + "=" + token.get() + "; HttpOnly; SameSite=Strict; Path=/");
            response.getHeaders().put(HttpHeader.LOCATION, "/");
            return Answers.text(response, callback, 303, "");
        }
        var refusal = access.refusal(request);
        if (refusal.isPresent()) {
            return Answers.text(response, callback, 403, refusal.get());
        }
        if (request.getMethod().equals("POST") && path.equals("/api/look")) {
            return change(request, response, callback);
        }
        if (!request.getMethod().equals("GET")) {
            return Answers.text(response, callback, 405, "Only GET is answered here, and POST at /api/look.");
        }
        return switch (path) {
            case "/" -> Answers.answer(response, callback, 200, "text/html; charset=utf-8", page.html(response));
            case "/live.mjpeg" -> watch(request, response, callback);
            case "/api/status" ->
                Answers.answer(
                        response, callback, 200, JSON, json.writeValueAsString(status.now(broadcaster.viewers())));
            case "/api/similarity" -> similarity(request, response, callback);
            case "/metrics" -> Answers.answer(response, callback, 200, Answers.METRICS, metrics.get());
            case "/healthz" -> health(response, callback);
            default -> Answers.text(response, callback, 404, "There is nothing here.");
        };
    }

    private boolean health(Response response, Callback callback) {
        var silence = desk.silence();
        return silence < STALLED_SECONDS
                ? Answers.text(response, callback, 200, "alive")
                : Answers.text(
                        response,
                        callback,
                        503,
                        String.format(Locale.ROOT, "stalled: no frame was written for %.0f s", silence));
    }

    private boolean watch(Request request, Response response, Callback callback) {
        if (!broadcaster.hasRoom()) {
            return Answers.text(response, callback, 503, "Too many watch already; close another page.");
        }
        presence.stays(request);
        var viewer = new Viewer(response, callback, broadcaster::remove);
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, "multipart/x-mixed-replace; boundary=" + Broadcaster.BOUNDARY);
        response.setStatus(200);
        viewer.offer(("--" + Broadcaster.BOUNDARY + "\r\n").getBytes(StandardCharsets.US_ASCII));
        broadcaster.add(viewer);
        return true;
    }

    private boolean similarity(Request request, Response response, Callback callback) throws JsonProcessingException {
        var fields = Request.extractQueryParameters(request);
        var question = number(fields.getValue("x"))
                .flatMap(x -> number(fields.getValue("y")).flatMap(y -> desk.ask(x, y)));
        if (question.isEmpty()) {
            return Answers.text(
                    response,
                    callback,
                    400,
                    "x and y must be a point of a panel, 0 to 1 of the picture;" + " or too many ask at once.");
        }
        // The cluster stage completes the answer; writing it is the server's own work.
        var unused = question.get()
                .orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                .whenCompleteAsync(
                        (answer, failure) -> {
                            try {
                                if (failure == null) {
                                    Answers.answer(response, callback, 200, JSON, json.writeValueAsString(answer));
                                } else {
                                    Answers.text(response, callback, 503, "No frame came to answer with.");
                                }
                            } catch (JsonProcessingException | RuntimeException e) {
                                // Nobody looks at the future, so this is the only place that can report it.
                                callback.failed(e);
                            }
                        },
                        getServer().getThreadPool());
        return true;
    }

    private boolean change(Request request, Response response, Callback callback) {
        var type = Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_TYPE))
                .orElse("");
        if (!type.startsWith(JSON)) {
            return Answers.text(response, callback, 415, "Send " + JSON + ".");
        }
        if (request.getLength() < 0 || request.getLength() > MOST_BODY) {
            return Answers.text(response, callback, 413, "Send at most " + MOST_BODY + " bytes, and say how many.");
        }
        // Read as it comes, while no thread waits for it; the length that was announced is the most that comes.
        Content.Source.asByteBuffer(
                request,
                Promise.from(
                        body -> {
                            presence.hasCome(request);
                            change(body, response, callback);
                        },
                        callback::failed));
        return true;
    }

    private boolean change(ByteBuffer body, Response response, Callback callback) {
        try {
            var wanted = Optional.ofNullable(json.readValue(new ByteBufferBackedInputStream(body), LiveLook.class));
            if (wanted.isEmpty()) {
                return Answers.text(response, callback, 400, FORM);
            }
            desk.change(wanted.get());
            return Answers.answer(
                    response,
                    callback,
                    200,
                    JSON,
                    json.writeValueAsString(desk.look().orElseThrow()));
        } catch (IllegalArgumentException e) {
            return Answers.text(response, callback, 409, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Answers.text(response, callback, 400, FORM);
        } catch (RuntimeException e) {
            // Nobody else would answer: this is no longer the thread that the request came by.
            callback.failed(e);
            return true;
        }
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.ofNullable(text).map(Double::valueOf).filter(value -> value >= 0 && value < 1);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}

package org.chromaprep.monitor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** How requests are answered: whole, without blocking, and with headers that keep other sites away. */
final class Answers {
    static final String TEXT = "text/plain; charset=utf-8";
    /** Prometheus's own format. */
    static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private Answers() {}

    static boolean text(Response response, Callback callback, int code, String body) {
        return answer(response, callback, code, TEXT, body);
    }

    static boolean answer(Response response, Callback callback, int code, String type, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setStatus(code);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(true, ByteBuffer.wrap(bytes), callback);
        return true;
    }

    /** Sets the headers that every answer has: no framing, no guessing of types, no use by other sites, no traces. */
    static void guard(Response response) {
        var headers = response.getHeaders();
        headers.put("X-Frame-Options", "DENY");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cache-Control", "no-store");
        headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }
}

package org.chromaprep.monitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.eclipse.jetty.server.Response;

/** The one page, which loads nothing from elsewhere, and the headers that keep other sites away from it. */
final class Page {
    private static final String RESOURCE = "monitor.html";
    private static final String NONCE = "@NONCE@";

    private final SecureRandom random = new SecureRandom();
    private final String html;

    /**
     * @throws UncheckedIOException if the program is packaged without it
     */
    Page() {
        try (var in = Page.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException("The monitor's page is missing from the program; install it again.");
            }
            html = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Sets the headers that every answer has: no framing, no guessing of types, no use by other sites, no traces. */
    void guard(Response response) {
        var headers = response.getHeaders();
        headers.put("X-Frame-Options", "DENY");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cache-Control", "no-store");
        headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }

    /** The page with a nonce of its own, which is the only way for a script to run in it. */
    String html(Response response) {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        var nonce = Base64.getEncoder().encodeToString(bytes);
        response.getHeaders().put("Content-Security-Policy", "default-src 'none'; script-src 'nonce-" + nonce
                + "'; style-src 'nonce-" + nonce + "'; img-src 'self' data:; connect-src 'self'; base-uri 'none';"
                + " form-action 'none'; frame-ancestors 'none'");
        return html.replace(NONCE, nonce);
    }
}

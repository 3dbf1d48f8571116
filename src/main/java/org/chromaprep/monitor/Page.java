package org.chromaprep.monitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.eclipse.jetty.server.Response;

/** The one page, which loads nothing from elsewhere. */
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

    /** The page with a nonce of its own, which is the only way for a script to run in it. */
    String html(Response response) {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        var nonce = Base64.getEncoder().encodeToString(bytes);
        response.getHeaders()
                .put(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'nonce-" + nonce
                                + "'; style-src 'nonce-" + nonce
                                + "'; img-src 'self' data:; connect-src 'self'; base-uri 'none';"
                                + " form-action 'none'; frame-ancestors 'none'");
        return html.replace(NONCE, nonce);
    }
}

package org.chromaprep.monitor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Decides who may ask. Other sites' pages may not, whatever browser they run in: their requests carry another host, origin
 * or fetch site. Where a token is set, it must come as a bearer token or as the cookie that the page gets for it.
 */
final class Access {
    static final String COOKIE = "chromaprep-monitor";

    private static final Set<String> LOCAL_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

    private final MonitorOptions options;

    Access(MonitorOptions options) {
        this.options = options;
    }

    /** Why a request is refused, in a sentence; empty if it is not. */
    Optional<String> refusal(Request request) {
        var host = header(request, HttpHeader.HOST.asString()).orElse("");
        if (options.host().equals(MonitorOptions.THIS_MACHINE)
                && !LOCAL_NAMES.contains(host.replaceFirst(":\\d+$", ""))) {
            return Optional.of("This host name is not served.");
        }
        var origin = header(request, "Origin");
        if (origin.isPresent() && !origin.get().equals("http://" + host)) {
            return Optional.of("Pages of other sites may not ask.");
        }
        var site = header(request, "Sec-Fetch-Site");
        if (site.isPresent() && !site.get().equals("same-origin") && !site.get().equals("none")) {
            return Optional.of("Pages of other sites may not ask.");
        }
        return knowsToken(request) ? Optional.empty() : Optional.of("The token is missing or wrong.");
    }

    /** The token that opens this monitor, if a visitor brought it in the address; it then gets a cookie. */
    Optional<String> tokenInAddress(Request request) {
        return Optional.ofNullable(Request.extractQueryParameters(request).getValue("token"))
                .filter(this::isToken);
    }

    private boolean knowsToken(Request request) {
        if (options.token().isEmpty()) {
            return true;
        }
        var bearer = header(request, "Authorization")
                .filter(text -> text.startsWith("Bearer "))
                .map(text -> text.substring("Bearer ".length()));
        return bearer.filter(this::isToken).isPresent()
                || Request.getCookies(request).stream()
                        .anyMatch(cookie -> cookie.getName().equals(COOKIE) && isToken(cookie.getValue()));
    }

    // Compared in constant time, so that no answer says how much of a guess was right.
    private boolean isToken(String text) {
        return options.token()
                .filter(token -> MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    private static Optional<String> header(Request request, String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }
}

package org.chromaprep.video;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.chromaprep.video.ffmpeg.Demuxers;

/**
 * The address of a stream: what FFmpeg may open on its behalf, and what of it may be shown.
 *
 * @param url as the user gave it, passwords included
 */
public record StreamAddress(String url) {
    /** For each scheme, the protocols that its streams need. Files are never among them. */
    private static final Map<String, String> PROTOCOLS = Map.ofEntries(
            Map.entry("tcp", "tcp"),
            Map.entry("udp", "udp"),
            Map.entry("srt", "srt"),
            Map.entry("rtsp", "rtsp,rtp,udp,tcp"),
            Map.entry("rtsps", "rtsp,rtp,udp,tcp,tls"),
            Map.entry("rtmp", "rtmp,tcp"),
            Map.entry("rtmps", "rtmps,rtmp,tls,tcp"),
            Map.entry("http", "http,https,tcp,tls,crypto"),
            Map.entry("https", "https,tcp,tls,crypto"));

    /** Play lists and sessions, which each scheme has for its streams; local files may be none of them. */
    private static final Map<String, String> FORMATS =
            Map.of("rtsp", ",rtsp", "rtsps", ",rtsp", "http", ",hls", "https", ",hls");

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL);
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/?#]*@");
    private static final Pattern QUERY = Pattern.compile("[?#].*", Pattern.DOTALL);

    /** Whether a text is an address of one of the known schemes. */
    public static boolean matches(String text) {
        var scheme = SCHEME.matcher(text);
        return scheme.matches() && schemes().contains(scheme.group(1).toLowerCase(Locale.ROOT));
    }

    public static Set<String> schemes() {
        return PROTOCOLS.keySet();
    }

    String scheme() {
        return url.substring(0, url.indexOf(':')).toLowerCase(Locale.ROOT);
    }

    /** The address without user, password and query, for messages, names and manifests. */
    public String shown() {
        return QUERY.matcher(CREDENTIALS.matcher(url).replaceFirst("")).replaceFirst("");
    }

    String protocols() {
        return Objects.requireNonNull(PROTOCOLS.get(scheme()), scheme());
    }

    String formats() {
        return Demuxers.allowed() + FORMATS.getOrDefault(scheme(), "");
    }

    /** FFmpeg's own time-outs, which end waits that its protocols do not ask about. */
    public Map<String, String> options(CaptureOptions capture) {
        var options = new LinkedHashMap<String, String>();
        options.put("protocol_whitelist", protocols());
        options.put("format_whitelist", formats());
        options.put("rw_timeout", micros(capture.readTimeout()));
        switch (scheme()) {
            case "rtsp", "rtsps" -> options.put("timeout", micros(capture.readTimeout()));
            case "tcp", "http", "https" -> options.put("timeout", micros(capture.connectTimeout()));
            case "udp" -> {
                options.put("timeout", micros(capture.readTimeout()));
                // A burst that arrives while the decoder works must not be lost in the socket.
                options.put("fifo_size", "65536");
                options.put("overrun_nonfatal", "1");
            }
            case "srt" ->
                options.put(
                        "connect_timeout",
                        String.valueOf(capture.connectTimeout().toMillis()));
            default -> {}
        }
        return options;
    }

    private static String micros(Duration time) {
        return String.valueOf(TimeUnit.NANOSECONDS.toMicros(time.toNanos()));
    }
}

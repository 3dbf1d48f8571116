package org.chromaprep.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.chromaprep.cli.Setting.Decides;
import org.chromaprep.monitor.MonitorOptions;
import org.chromaprep.pipeline.settings.LiveSettings;
import org.chromaprep.pipeline.settings.Recording;
import org.chromaprep.pipeline.watch.RunMonitor;
import org.chromaprep.video.CaptureOptions;
import picocli.CommandLine.Option;

/** The options of {@code process} for cameras and streams, as they are typed. */
final class LiveOptions {
    private static final String SEEN_ONCE =
            "a live source never gives the same frames twice; what became of each is in the ledger";
    private static final String BESIDE = "recordings lie beside the output";
    private static final String SHOWS = "it only shows the run";
    private static final Pattern SPAN = Pattern.compile("(\\d{1,6})(s|min|h)");
    private static final String ALWAYS = "always";

    @Setting(decides = Decides.NOTHING, because = SEEN_ONCE)
    @Option(names = "--live", description = "Watch every input as if it happened now; films no faster than they play.")
    boolean live;

    @Setting(decides = Decides.NOTHING, because = SEEN_ONCE)
    @Option(
            names = "--drop",
            paramLabel = "WHICH",
            description = "oldest: a frame that waits gives way to a newer one; never: the source waits. "
                    + "Default: oldest for cameras and streams, never for films.")
    Optional<String> drop = Optional.empty();

    @Setting(decides = Decides.NOTHING, because = SEEN_ONCE)
    @Option(
            names = "--max-latency",
            paramLabel = "TIME",
            description =
                    "From capture to written; above it, frames are processed one at a time, then without the average.")
    Optional<String> maxLatency = Optional.empty();

    @Setting(decides = Decides.NOTHING, because = "of films it is a later --end, and the part before it stays the same")
    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "How long cameras, streams and the standard input are watched, and all with --live; "
                    + "else how much of a film is read, from --start on.")
    Optional<String> duration = Optional.empty();

    @Setting(decides = Decides.NOTHING, because = SEEN_ONCE)
    @Option(names = "--realtime", description = "Read films no faster than they play, as if they happened now.")
    boolean realtime;

    @Setting(decides = Decides.NOTHING, because = SEEN_ONCE)
    @Option(
            names = "--connect-timeout",
            defaultValue = "10",
            paramLabel = "TIME",
            description =
                    "How long a stream, or with --live a pipe, may take to send a first picture. Default: ${DEFAULT-VALUE} s")
    String connectTimeout = "";

    @Setting(decides = Decides.NOTHING, because = SEEN_ONCE)
    @Option(
            names = "--read-timeout",
            defaultValue = "10",
            paramLabel = "TIME",
            description = "How long a stream, or with --live a pipe, may send nothing before it counts as gone. "
                    + "Default: ${DEFAULT-VALUE} s")
    String readTimeout = "";

    @Setting(decides = Decides.NOTHING, because = SEEN_ONCE)
    @Option(
            names = "--reconnect",
            defaultValue = "10",
            paramLabel = "N",
            description =
                    "How often in a row a stream that ended or went away is tried again: a number or always; with 0, a "
                            + "stream's end is the run's, and nothing is lost. "
                            + "Default: ${DEFAULT-VALUE}")
    String reconnect = "";

    @Setting(decides = Decides.NOTHING, because = SEEN_ONCE)
    @Option(names = "--camera-size", paramLabel = "WxH", description = "A camera's picture. Default: its own choice.")
    Optional<String> cameraSize = Optional.empty();

    @Setting(decides = Decides.NOTHING, because = SEEN_ONCE)
    @Option(
            names = "--camera-fps",
            paramLabel = "X",
            description = "A camera's frames a second. Default: its own choice.")
    Optional<Double> cameraFps = Optional.empty();

    @Setting(decides = Decides.NOTHING, because = SEEN_ONCE)
    @Option(
            names = "--camera-format",
            paramLabel = "NAME",
            description =
                    "A camera's pixel format or codec, as FFmpeg names it (mjpeg, yuyv422). Default: its own choice.")
    Optional<String> cameraFormat = Optional.empty();

    @Setting(decides = Decides.NOTHING, because = BESIDE)
    @Option(
            names = "--segment",
            paramLabel = "LIMIT",
            description =
                    "Record the annotated video as films of so long (10min, 1h) or so much (500MB), in recording/.")
    Optional<String> segment = Optional.empty();

    @Setting(decides = Decides.NOTHING, because = BESIDE)
    @Option(
            names = "--keep",
            paramLabel = "BYTES",
            description = "What the recorded films may take together; the oldest are deleted. Default: all are kept.")
    Optional<String> keep = Optional.empty();

    @Setting(decides = Decides.NOTHING, because = SHOWS)
    @Option(
            names = "--monitor",
            arity = "0..1",
            fallbackValue = "8686",
            paramLabel = "PORT",
            description = "A page that shows the run while it lasts, on 127.0.0.1. Default port: ${FALLBACK-VALUE}")
    Optional<Integer> monitor = Optional.empty();

    @Setting(decides = Decides.NOTHING, because = SHOWS)
    @Option(
            names = "--monitor-host",
            defaultValue = MonitorOptions.THIS_MACHINE,
            paramLabel = "ADDRESS",
            description = "Let others in at this address, with a token. Default: ${DEFAULT-VALUE}")
    String monitorHost = "";

    @Setting(decides = Decides.NOTHING, because = SHOWS)
    @Option(
            names = "--monitor-token",
            paramLabel = "TEXT",
            description = "What visitors must know. Default: a random one for other addresses, none for 127.0.0.1.")
    Optional<String> monitorToken = Optional.empty();

    /**
     * How cameras and streams are watched.
     *
     * @param desk where runs are watched while they run
     */
    LiveSettings settings(Optional<RunMonitor> desk) {
        return new LiveSettings(
                capture(),
                live,
                drop.map(LiveOptions::drop),
                maxLatency.map(text -> time("--max-latency", text)),
                duration.map(text -> time("--duration", text)),
                recording(),
                desk);
    }

    private Optional<Recording> recording() {
        if (segment.isEmpty() && keep.isPresent()) {
            throw new UsageException("--keep is for recordings in films; add --segment 10min.");
        }
        var kept = keep.map(text -> OptionalLong.of(Quantities.bytes("--keep", text)))
                .orElseGet(OptionalLong::empty);
        return segment.map(text -> {
            var length = SPAN.matcher(text);
            if (!length.matches()) {
                return new Recording(Optional.empty(), OptionalLong.of(Quantities.bytes("--segment", text)), kept);
            }
            var unit =
                    switch (length.group(2)) {
                        case "h" -> ChronoUnit.HOURS;
                        case "min" -> ChronoUnit.MINUTES;
                        default -> ChronoUnit.SECONDS;
                    };
            return new Recording(
                    Optional.of(Duration.of(Long.parseLong(length.group(1)), unit)), OptionalLong.empty(), kept);
        });
    }

    private CaptureOptions capture() {
        cameraSize.ifPresent(size -> Quantities.size("--camera-size", size));
        return new CaptureOptions(
                time("--connect-timeout", connectTimeout),
                time("--read-timeout", readTimeout),
                attempts(),
                realtime || live,
                cameraSize,
                cameraFps.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                cameraFormat);
    }

    private static LiveSettings.Drop drop(String text) {
        return switch (text) {
            case "oldest" -> LiveSettings.Drop.OLDEST;
            case "never" -> LiveSettings.Drop.NEVER;
            default -> throw new UsageException("--drop takes oldest or never, not '" + text + "'.");
        };
    }

    private OptionalInt attempts() {
        if (reconnect.equals(ALWAYS)) {
            return OptionalInt.empty();
        }
        if (!reconnect.matches("\\d{1,6}")) {
            throw new UsageException("--reconnect takes a number of attempts or always, not '" + reconnect + "'.");
        }
        return OptionalInt.of(Integer.parseInt(reconnect));
    }

    private static Duration time(String option, String text) {
        return Duration.ofNanos(Math.round(Quantities.seconds(option, text) * 1e9));
    }
}

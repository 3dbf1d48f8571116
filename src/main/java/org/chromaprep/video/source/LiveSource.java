package org.chromaprep.video.source;

import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.chromaprep.video.CaptureOptions;
import org.chromaprep.video.FrameTime;
import org.chromaprep.video.Picture;
import org.chromaprep.video.Rational;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.ReadResult.LostFrame;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.VideoSource;

/**
 * A camera or a stream as one film without end: a connection that goes away is made again, after pauses that double from
 * half a second to half a minute, and each gap is recorded as a lost frame. Frames are numbered through; time runs from the
 * first one as the clock on the wall does, in ticks of 1/90000 s, and inside a connection as its own time stamps do. A
 * connection begins with its first picture: what a stream that is joined in its midst had sent before that cannot be
 * decoded, which is no loss. The size given is the first connection's; scalers follow others.
 *
 * <p>Ends when the attempts allowed are used up, when it is cancelled, or when a stream that gave its length is over. A
 * sender that goes away looks like one that has sent everything, so that an end is a gap too, unless no attempt is allowed.
 */
final class LiveSource implements VideoSource {
    /** Opens a connection. */
    interface Opener {
        OpenInput open(Watchdog watchdog) throws SourceException;
    }

    private static final long FIRST_PAUSE = 500_000_000L;
    private static final long LONGEST_PAUSE = 30_000_000_000L;
    private static final double NANO = 1e9;
    /** Between two pictures, so many losses are recorded one by one. */
    private static final int MOST_LINES = 100;

    private static final Rational TICK = new Rational(1, LiveClock.RATE);

    private final Opener opener;
    private final CaptureOptions options;
    private final BooleanSupplier cancelled;
    private final Watchdog watchdog;
    private final LiveClock clock = new LiveClock();
    private final Queue<ReadResult> waiting = new ArrayDeque<>();
    private final SourceInfo info;
    private Optional<FilmSource> connection;
    private long lostSince;
    private final AwakeClock sincePicture;
    private boolean byArrival;
    private boolean joined;
    private long index;
    private boolean ended;

    private LiveSource(Opener opener, CaptureOptions options, BooleanSupplier cancelled) throws SourceException {
        this.opener = opener;
        this.options = options;
        this.cancelled = cancelled;
        this.watchdog = new Watchdog(cancelled);
        this.sincePicture = new AwakeClock(options.readTimeout().dividedBy(2));
        var done = false;
        try {
            var first = connect();
            connection = Optional.of(first);
            info = onOurClock(first.info());
            done = true;
        } finally {
            if (!done) {
                watchdog.close();
            }
        }
    }

    /**
     * Connects for the first time, which is tried once.
     *
     * @throws SourceException if there is no such source or it sends no picture in time
     */
    static LiveSource open(Opener opener, SourceOptions options, BooleanSupplier cancelled) throws SourceException {
        return new LiveSource(opener, options.capture(), cancelled);
    }

    private FilmSource connect() throws SourceException {
        var source = FilmSource.of(opener.open(watchdog));
        // Pictures that come by themselves in HTTP parts have no times; FFmpeg invents 25 a second.
        byArrival = source.info().format().equals("mpjpeg");
        joined = false;
        return source;
    }

    private static SourceInfo onOurClock(SourceInfo one) {
        return new SourceInfo(
                one.name(),
                one.format(),
                one.codec(),
                one.width(),
                one.height(),
                one.pixelAspect(),
                one.rotation(),
                one.mirrored(),
                one.frameRate(),
                TICK,
                0,
                one.frameEstimate(),
                one.durationSeconds(),
                one.pixelFormat(),
                one.colourMatrix(),
                one.fullRange(),
                one.interlaced(),
                false);
    }

    @Override
    public SourceInfo info() {
        return info;
    }

    @Override
    public ReadResult read(Picture into) {
        while (waiting.isEmpty()) {
            if (ended || cancelled.getAsBoolean()) {
                return new EndOfStream();
            }
            if (connection.isEmpty()) {
                return new EndOfStream();
            }
            var result = connection.get().read(into);
            if (result instanceof FrameRead frame) {
                return shown(frame, into);
            }
            if (result instanceof LostFrame lost && joined && lose(lost)) {
                return new LostFrame(OptionalDouble.of(clock.seconds()), OptionalLong.empty(), lost.reason());
            }
            if (result instanceof EndOfStream) {
                gone(connection.get(), connection.get().failure());
            }
        }
        return waiting.remove();
    }

    /**
     * Notes that something gave no picture, and gives a connection up that has given none for too long.
     *
     * @return whether it is recorded by itself, as the first ones between two pictures are
     */
    private boolean lose(LostFrame lost) {
        lostSince++;
        var silent = sincePicture.passed();
        if (silent > options.readTimeout().toNanos()) {
            gone(
                    connection.orElseThrow(),
                    Optional.of(String.format(
                            Locale.ROOT,
                            "it sent nothing that can be decoded for %.1f s, the last of it: %s",
                            silent / NANO,
                            lost.reason())));
            lostSince = 0;
            return false;
        }
        return lostSince <= MOST_LINES;
    }

    private FrameRead shown(FrameRead frame, Picture into) {
        if (lostSince > MOST_LINES) {
            waiting.add(gap(clock.seconds(), lostSince - MOST_LINES + " more packets before it gave no picture"));
        }
        lostSince = 0;
        sincePicture.restart();
        joined = true;
        var jump = clock.accept(frame.time().seconds(), System.nanoTime(), byArrival);
        if (jump.isPresent()) {
            waiting.add(gap(
                    clock.seconds(),
                    String.format(Locale.ROOT, "the source's clock jumped by %.3f s just before", jump.getAsDouble())));
        }
        var time = new FrameTime(index++, OptionalLong.of(clock.pts()), clock.seconds());
        into.retime(time);
        return new FrameRead(time, frame.concealed());
    }

    private void gone(FilmSource source, Optional<String> failure) {
        source.close();
        connection = Optional.empty();
        if (cancelled.getAsBoolean()
                || failure.isEmpty() && (info.durationSeconds().isPresent() || mayNotReconnect())) {
            ended = true;
            return;
        }
        var reason = failure.map(why -> "the source failed: " + why).orElse("the source ended");
        var since = System.nanoTime();
        var from = clock.seconds();
        var last = reconnect();
        var seconds = (System.nanoTime() - since) / NANO;
        if (connection.isPresent()) {
            clock.reconnect();
            waiting.add(gap(from, String.format(Locale.ROOT, "%s and was gone for %.1f s", reason, seconds)));
        } else {
            ended = true;
            if (!cancelled.getAsBoolean()) {
                waiting.add(gap(
                        from,
                        reason
                                + last.map(why -> String.format(
                                                Locale.ROOT, " and did not come back in %.1f s: %s", seconds, why))
                                        .orElse("")
                                + (failure.isEmpty() ? "; with `reconnect` 0 its end is the run's" : "")));
            }
        }
    }

    private boolean mayNotReconnect() {
        return options.reconnects().isPresent() && options.reconnects().getAsInt() == 0;
    }

    /** Tries again and again; the last attempt's failure, if there was one. */
    private Optional<String> reconnect() {
        var pause = 0L;
        var last = Optional.<String>empty();
        for (var attempt = 0;
                options.reconnects().isEmpty() || attempt < options.reconnects().getAsInt();
                attempt++) {
            Pause.until(System.nanoTime() + pause, cancelled);
            if (cancelled.getAsBoolean()) {
                return last;
            }
            try {
                connection = Optional.of(connect());
                return Optional.empty();
            } catch (SourceException e) {
                last = Optional.of(String.valueOf(e.getMessage()).replaceFirst("\\.$", ""));
                pause = Math.min(LONGEST_PAUSE, Math.max(FIRST_PAUSE, 2 * pause));
            }
        }
        return last;
    }

    private static LostFrame gap(double seconds, String reason) {
        return new LostFrame(OptionalDouble.of(seconds), OptionalLong.empty(), reason);
    }

    @Override
    public void close() {
        connection.ifPresent(FilmSource::close);
        connection = Optional.empty();
        watchdog.close();
    }
}

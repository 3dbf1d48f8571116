package org.chromaprep.video.source;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.chromaprep.video.Findings;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.ReadResult.LostFrame;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.VideoSource;

/**
 * What another program pipes into this one, until it is cancelled. A read of a pipe that is silent cannot be stopped, only
 * left behind: when nobody wants its end any more and, where it happens now, when the silence is too long. One thread.
 */
final class PipedSource implements VideoSource {
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final VideoSource pipe;
    private final Duration patience;
    private final BooleanSupplier cancelled;
    private double seconds;
    private boolean ended;

    private PipedSource(VideoSource pipe, Duration patience, BooleanSupplier cancelled) {
        this.pipe = pipe;
        this.patience = patience;
        this.cancelled = cancelled;
    }

    /**
     * @param cancelled asked from any thread
     * @throws SourceException if there is no picture, or none in time
     */
    static PipedSource open(String name, SourceOptions options, BooleanSupplier cancelled) throws SourceException {
        var capture = options.capture();
        var patience = capture.realtime() ? capture.readTimeout() : FOR_EVER;
        var guard = new GuardedSource.Patience(
                capture.realtime() ? capture.connectTimeout() : FOR_EVER,
                patience,
                name + " sends nothing that a picture can be made of; check the program that writes into the pipe,"
                        + " or raise `connect-timeout`.");
        return new PipedSource(
                GuardedSource.open(
                        guard, cancelled, heart -> FilmSource.of(LiveMedia.standardInput(name, options), heart)),
                patience,
                cancelled);
    }

    @Override
    public SourceInfo info() {
        return pipe.info();
    }

    @Override
    public Findings findings() {
        return pipe.findings();
    }

    @Override
    public ReadResult read(Picture into) {
        if (ended || cancelled.getAsBoolean()) {
            return new EndOfStream();
        }
        try {
            var result = pipe.read(into);
            if (result instanceof FrameRead frame) {
                seconds = frame.time().seconds();
            }
            return result;
        } catch (SourceException silent) {
            ended = true;
            return cancelled.getAsBoolean()
                    ? new EndOfStream()
                    : new LostFrame(
                            OptionalDouble.of(seconds),
                            OptionalLong.empty(),
                            String.format(
                                    Locale.ROOT,
                                    "the pipe sent nothing for %.1f s, the read timeout",
                                    patience.toMillis() / 1e3));
        }
    }

    @Override
    public void close() {
        pipe.close();
    }
}

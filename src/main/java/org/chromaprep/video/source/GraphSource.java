package org.chromaprep.video.source;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Queue;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.FrameTime;
import org.chromaprep.video.Orientation;
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
import org.chromaprep.video.ffmpeg.ColourFacts;
import org.chromaprep.video.ffmpeg.FfmpegLog;

/**
 * A film that FFmpeg's filters draw. FFmpeg's own programs read such graphs through its library of devices, which needs the
 * libraries of a desktop; the filters alone need none of them. The first frame is drawn on opening, so that the facts about
 * the film are those of its frames. Closes its graph. One thread.
 */
final class GraphSource implements VideoSource {
    /** What FFmpeg's programs call such a container and its codec. */
    private static final String FORMAT = "lavfi";

    private static final String CODEC = "wrapped_avframe";
    private static final Rational USUAL_RATE = new Rational(25, 1);

    private final String name;
    private final BuiltGraph graph;
    private final long maxPixels;
    private final Queue<AVFrame> drawn = new ArrayDeque<>();
    private final SourceInfo info;
    private final StreamClock clock;
    private Optional<String> failure = Optional.empty();
    private boolean ended;
    private long index;

    private GraphSource(String name, BuiltGraph graph, long maxPixels) throws SourceException {
        this.name = name;
        this.graph = graph;
        this.maxPixels = maxPixels;
        var done = false;
        try {
            draw();
            var first = first();
            var rate = graph.frameRate().or(this::measuredRate).orElse(USUAL_RATE);
            var start = StreamClock.known(first.pts());
            clock = new StreamClock(graph.timeBase(), rate, start);
            info = describe(first, rate, start.orElse(0));
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    /**
     * Builds a graph and draws its first frame.
     *
     * @param notation the graph as FFmpeg writes it; the film is its output, or of several pictures the one whose label (out0,
     *         out1, ...) comes first
     * @param name what to call the film
     * @throws SourceException if FFmpeg cannot build the graph, or it draws no picture or one larger than allowed
     */
    static GraphSource open(String notation, String name, SourceOptions options) throws SourceException {
        FfmpegLog.listen();
        FfmpegLog.forget();
        return new GraphSource(name, new BuiltGraph(notation, name, options.threads()), options.maxPixels());
    }

    private SourceInfo describe(AVFrame first, Rational rate, long startPts) {
        var orientation = StreamFacts.orientation(first).orElse(Orientation.UPRIGHT);
        var aspect = StreamFacts.pixelAspect(first);
        var colour = ColourFacts.of(first);
        return new SourceInfo(
                name,
                FORMAT,
                CODEC,
                orientation.width(first.width(), first.height()),
                orientation.height(first.width(), first.height()),
                orientation.transposed() ? aspect.inverse() : aspect,
                orientation.rotation(),
                orientation.mirrored(),
                rate,
                graph.timeBase(),
                startPts,
                OptionalLong.empty(),
                OptionalDouble.empty(),
                colour.formatName(),
                colour.matrixName(),
                colour.fullRange(),
                StreamFacts.interlaced(first),
                graph.hasAudio());
    }

    private AVFrame first() throws SourceException {
        var first = drawn.peek();
        if (first == null) {
            throw new SourceException(name + " draws no picture"
                    + failure.map(why -> " (" + why + ")").orElse("") + "; check the filters' options.");
        }
        if (isTooLarge(first)) {
            throw new SourceException(name + " has frames of " + first.width() + "x" + first.height()
                    + ", more than the limit of " + maxPixels + " pixels; scale it down first.");
        }
        return first;
    }

    /** From the first two frames. */
    private Optional<Rational> measuredRate() {
        var from = drawn.peek().pts();
        draw();
        return drawn.stream()
                .skip(1)
                .findFirst()
                .map(AVFrame::pts)
                .filter(to -> StreamClock.known(from).isPresent()
                        && StreamClock.known(to).isPresent()
                        && to > from)
                .map(to -> rate(to - from));
    }

    private Rational rate(long ticks) {
        var tick = graph.timeBase();
        var frames = new int[1];
        var seconds = new int[1];
        avutil.av_reduce(frames, seconds, tick.denominator(), tick.numerator() * ticks, Integer.MAX_VALUE);
        return new Rational(Math.max(1, frames[0]), Math.max(1, seconds[0]));
    }

    private void draw() {
        FfmpegLog.forget();
        var frame = avutil.av_frame_alloc();
        var code = graph.draw(frame);
        if (code >= 0) {
            drawn.add(frame);
            return;
        }
        avutil.av_frame_free(frame);
        ended = true;
        if (code != avutil.AVERROR_EOF()) {
            failure = Optional.of(FfmpegLog.describe(code));
        }
    }

    private boolean isTooLarge(AVFrame frame) {
        return (long) frame.width() * frame.height() > maxPixels;
    }

    @Override
    public SourceInfo info() {
        return info;
    }

    @Override
    public ReadResult read(Picture into) {
        if (drawn.isEmpty() && !ended) {
            draw();
        }
        var frame = drawn.poll();
        if (frame != null) {
            try {
                return shown(frame, into);
            } finally {
                avutil.av_frame_free(frame);
            }
        }
        var reason = failure.map(why -> "the filters failed: " + why);
        failure = Optional.empty();
        return reason.isPresent()
                ? new LostFrame(OptionalDouble.empty(), OptionalLong.empty(), reason.get())
                : new EndOfStream();
    }

    private ReadResult shown(AVFrame frame, Picture into) {
        var pts = StreamClock.known(frame.pts());
        if (isTooLarge(frame)) {
            return new LostFrame(
                    clock.seconds(pts),
                    pts,
                    "a picture of " + frame.width() + "x" + frame.height() + " exceeds the limit of " + maxPixels
                            + " pixels");
        }
        var time = new FrameTime(index++, pts, clock.next(pts));
        into.take(frame, time, StreamFacts.orientation(frame).orElse(Orientation.UPRIGHT));
        return new FrameRead(time, false);
    }

    @Override
    public void close() {
        drawn.forEach(avutil::av_frame_free);
        drawn.clear();
        graph.close();
    }
}

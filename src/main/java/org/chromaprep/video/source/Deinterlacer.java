package org.chromaprep.video.source;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.Approach;
import org.chromaprep.video.FilmPlace;
import org.chromaprep.video.Findings;
import org.chromaprep.video.Orientation;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.VideoSource;
import org.chromaprep.video.ffmpeg.FfmpegErrors;

/**
 * A film whose interlaced frames are made whole by FFmpeg's filters: a frame for a frame, with its own time and number. Lost ones
 * keep their place among the others. Closes the film that it reads.
 */
public final class Deinterlacer implements VideoSource {
    private static final double MICRO = 1e6;

    /** A frame that the filters still hold, or something else that waits behind such. */
    private record Waiting(ReadResult result, Orientation orientation) {}

    private final VideoSource source;
    private final FieldWay way;
    private final Picture read = new Picture();
    private final AVFrame made = avutil.av_frame_alloc();
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private Optional<FilterChain> chain = Optional.empty();
    private FilterChain.Shape shape = new FilterChain.Shape(0, 0, 0, 0, 0);
    private boolean flushed = true;
    private boolean ended;
    private Optional<FrameRead> held = Optional.empty();
    private Optional<DeinterlacedPlaces> places = Optional.empty();

    /** @param source is closed with this */
    public Deinterlacer(VideoSource source, FieldWay way) {
        this.source = source;
        this.way = way;
    }

    /** The film itself, or with its fields made one picture. */
    public static VideoSource of(VideoSource source, Optional<FieldWay> way) {
        return way.<VideoSource>map(each -> new Deinterlacer(source, each)).orElse(source);
    }

    @Override
    public SourceInfo info() {
        return source.info();
    }

    @Override
    public Findings findings() {
        return source.findings();
    }

    @Override
    public void keepPlaces() {
        source.keepPlaces();
        places = Optional.of(new DeinterlacedPlaces());
    }

    @Override
    public Optional<FilmPlace> place() {
        return places.flatMap(DeinterlacedPlaces::here);
    }

    @Override
    public boolean enter(FilmPlace place, Approach approach) throws SourceException {
        keepPlaces();
        var there = places.orElseThrow();
        var begin = there.begin(place);
        if (begin.isEmpty() || !source.enter(begin.get(), approach)) {
            return false;
        }
        there.given(begin.get().results());
        try (var picture = new Picture()) {
            while (there.given() < place.results()) {
                if (read(picture) instanceof EndOfStream) {
                    return false;
                }
            }
        }
        return there.enter(place);
    }

    @Override
    public ReadResult read(Picture into) throws SourceException {
        var result = made(into);
        if (places.isPresent()) {
            places.get().made(result, into);
        }
        return result;
    }

    private ReadResult made(Picture into) throws SourceException {
        while (true) {
            var head = waiting.peek();
            if (head != null && !(head.result() instanceof FrameRead)) {
                return waiting.remove().result();
            }
            if (head != null && chain.isPresent() && chain.get().pull(made)) {
                var frame = (FrameRead) waiting.remove().result();
                into.take(made, frame.time(), head.orientation());
                return frame;
            }
            if (head != null && flushed) {
                throw new SourceException("The filters gave no frame for one of "
                        + source.info().name() + "; choose `deinterlace` none.");
            }
            if (ended && head == null) {
                return new EndOfStream();
            }
            feed();
        }
    }

    private void feed() throws SourceException {
        if (held.isPresent()) {
            push(held.get());
            return;
        }
        places.ifPresent(each -> each.before(source.place()));
        var result = source.read(read);
        if (result instanceof EndOfStream) {
            ended = true;
            flush();
        } else if (result instanceof FrameRead frame) {
            held = Optional.of(frame);
            push(frame);
        } else {
            waiting.add(new Waiting(result, Orientation.UPRIGHT));
        }
    }

    // A frame of another shape needs another graph, which can be built once the present one has given all it holds.
    private void push(FrameRead result) throws SourceException {
        var frame = read.frame();
        var wanted = FilterChain.Shape.of(frame);
        if (!wanted.equals(shape)) {
            if (!waiting.isEmpty() && !flushed) {
                flush();
                return;
            }
            build(wanted);
        }
        held = Optional.empty();
        waiting.add(new Waiting(result, read.orientation()));
        frame.pts(Math.round(result.time().seconds() * MICRO));
        check(chain.orElseThrow().push(frame));
    }

    private void flush() throws SourceException {
        if (!flushed) {
            check(chain.orElseThrow().end());
            flushed = true;
        }
    }

    private void build(FilterChain.Shape wanted) throws SourceException {
        chain.ifPresent(FilterChain::close);
        chain = Optional.of(new FilterChain(wanted, way.filters()));
        check(chain.get().built());
        shape = wanted;
        flushed = false;
    }

    private void check(int code) throws SourceException {
        if (code < 0) {
            throw new SourceException("Frames of " + source.info().name() + " cannot be deinterlaced ("
                    + FfmpegErrors.describe(code) + "); choose `deinterlace` none.");
        }
    }

    @Override
    public void close() {
        chain.ifPresent(FilterChain::close);
        read.close();
        if (!made.isNull()) {
            avutil.av_frame_free(made);
            made.setNull();
        }
        source.close();
    }
}

package org.chromaprep.video.source;

import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avfilter;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
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
 * A film whose interlaced frames are made whole by FFmpeg's bwdif: a frame for a frame, with its own time and number.
 * Frames that are not interlaced pass as they are; lost ones keep their place among the others. Closes the film that it
 * reads.
 */
public final class Deinterlacer implements VideoSource {
    private static final String FILTER = "bwdif";
    private static final String OPTIONS = "mode=send_frame:parity=auto:deint=interlaced";

    /** A frame that the filter still holds, or something else that waits behind such. */
    private record Waiting(ReadResult result, Orientation orientation) {}

    private record Shape(int width, int height, int format, int colours, int range) {}

    private final VideoSource source;
    private final Picture read = new Picture();
    private final AVFrame made = avutil.av_frame_alloc();
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private AVFilterGraph graph = new AVFilterGraph(null);
    private AVFilterContext entry = new AVFilterContext(null);
    private AVFilterContext exit = new AVFilterContext(null);
    private Shape shape = new Shape(0, 0, 0, 0, 0);
    private boolean flushed = true;
    private boolean ended;
    private Optional<FrameRead> held = Optional.empty();

    /** @param source is closed with this */
    public Deinterlacer(VideoSource source) {
        this.source = source;
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
    public ReadResult read(Picture into) throws SourceException {
        while (true) {
            var head = waiting.peek();
            if (head != null && !(head.result() instanceof FrameRead)) {
                return waiting.remove().result();
            }
            if (head != null && avfilter.av_buffersink_get_frame(exit, made) >= 0) {
                var frame = (FrameRead) waiting.remove().result();
                into.take(made, frame.time(), head.orientation());
                return frame;
            }
            if (head != null && flushed) {
                throw new SourceException("The filter " + FILTER + " gave no frame for one of " + source.info().name()
                        + "; choose --deinterlace none.");
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
        var wanted = new Shape(frame.width(), frame.height(), frame.format(), frame.colorspace(),
                frame.color_range());
        if (!wanted.equals(shape)) {
            if (!waiting.isEmpty() && !flushed) {
                flush();
                return;
            }
            build(wanted);
        }
        held = Optional.empty();
        waiting.add(new Waiting(result, read.orientation()));
        check(avfilter.av_buffersrc_add_frame(entry, frame));
    }

    private void flush() throws SourceException {
        if (!flushed) {
            check(avfilter.av_buffersrc_add_frame(entry, null));
            flushed = true;
        }
    }

    private void build(Shape wanted) throws SourceException {
        free();
        graph = avfilter.avfilter_graph_alloc();
        entry = new AVFilterContext();
        exit = new AVFilterContext();
        var deinterlace = new AVFilterContext();
        var format = String.format(Locale.ROOT,
                "video_size=%dx%d:pix_fmt=%d:time_base=1/1000000:pixel_aspect=1/1:colorspace=%d:range=%d",
                wanted.width(), wanted.height(), wanted.format(), wanted.colours(), wanted.range());
        check(avfilter.avfilter_graph_create_filter(entry, avfilter.avfilter_get_by_name("buffer"), "in", format,
                (Pointer) null, graph));
        check(avfilter.avfilter_graph_create_filter(deinterlace, avfilter.avfilter_get_by_name(FILTER), "whole", OPTIONS,
                (Pointer) null, graph));
        check(avfilter.avfilter_graph_create_filter(exit, avfilter.avfilter_get_by_name("buffersink"), "out", (String) null,
                (Pointer) null, graph));
        check(avfilter.avfilter_link(entry, 0, deinterlace, 0));
        check(avfilter.avfilter_link(deinterlace, 0, exit, 0));
        check(avfilter.avfilter_graph_config(graph, null));
        shape = wanted;
        flushed = false;
    }

    private void check(int code) throws SourceException {
        if (code < 0) {
            throw new SourceException("Frames of " + source.info().name() + " cannot be deinterlaced ("
                    + FfmpegErrors.describe(code) + "); choose --deinterlace none.");
        }
    }

    private void free() {
        if (!graph.isNull()) {
            avfilter.avfilter_graph_free(graph);
            graph = new AVFilterGraph(null);
        }
    }

    @Override
    public void close() {
        free();
        read.close();
        if (!made.isNull()) {
            avutil.av_frame_free(made);
            made.setNull();
        }
        source.close();
    }
}

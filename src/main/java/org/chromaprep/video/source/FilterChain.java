package org.chromaprep.video.source;

import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avfilter;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Filters of FFmpeg, one behind the other, for frames of one shape. Whoever made it closes it. One thread. */
public final class FilterChain implements AutoCloseable {
    private final AVFilterGraph graph = avfilter.avfilter_graph_alloc();
    private final AVFilterContext entry = new AVFilterContext();
    private final AVFilterContext exit = new AVFilterContext();
    private final int built;

    /**
     * What the frames of a chain have in common.
     *
     * @param format FFmpeg's pixel format
     * @param colours FFmpeg's colour matrix
     * @param range FFmpeg's range
     */
    public record Shape(int width, int height, int format, int colours, int range) {
        public static Shape of(AVFrame frame) {
            return new Shape(frame.width(), frame.height(), frame.format(), frame.colorspace(), frame.color_range());
        }
    }

    /**
     * Builds the filters; {@link #built} says whether that worked.
     *
     * @param notation as FFmpeg writes a chain
     */
    public FilterChain(Shape shape, String notation) {
        this.built = build(shape, notation);
    }

    private int build(Shape shape, String notation) {
        var format = "video_size=" + shape.width() + "x" + shape.height() + ":pix_fmt=" + shape.format()
                + ":time_base=1/1000000:frame_rate=25/1:pixel_aspect=1/1:colorspace=" + shape.colours() + ":range="
                + shape.range();
        var code = avfilter.avfilter_graph_create_filter(
                entry, avfilter.avfilter_get_by_name("buffer"), "in", format, (Pointer) null, graph);
        code = code < 0
                ? code
                : avfilter.avfilter_graph_create_filter(
                        exit, avfilter.avfilter_get_by_name("buffersink"), "out", (String) null, (Pointer) null, graph);
        if (code < 0) {
            return code;
        }
        var outputs = end("in", entry);
        var inputs = end("out", exit);
        try {
            code = avfilter.avfilter_graph_parse_ptr(graph, notation, inputs, outputs, (Pointer) null);
        } finally {
            avfilter.avfilter_inout_free(inputs);
            avfilter.avfilter_inout_free(outputs);
        }
        return code < 0 ? code : avfilter.avfilter_graph_config(graph, null);
    }

    private static AVFilterInOut end(String label, AVFilterContext filter) {
        var end = avfilter.avfilter_inout_alloc();
        try (var text = new BytePointer(label)) {
            return end.name(avutil.av_strdup(text))
                    .filter_ctx(filter)
                    .pad_idx(0)
                    .next(null);
        }
    }

    /** 0, or FFmpeg's number of why the chain cannot be used. */
    public int built() {
        return built;
    }

    /**
     * Takes a frame, which is empty afterwards.
     *
     * @return 0, or FFmpeg's error number
     */
    public int push(AVFrame frame) {
        return avfilter.av_buffersrc_add_frame(entry, frame);
    }

    /** No more frames come. */
    public int end() {
        return avfilter.av_buffersrc_add_frame(entry, null);
    }

    /** Whether there is another frame. */
    public boolean pull(AVFrame into) {
        return avfilter.av_buffersink_get_frame(exit, into) >= 0;
    }

    @Override
    public void close() {
        if (!graph.isNull()) {
            avfilter.avfilter_graph_free(graph);
            graph.setNull();
        }
    }
}

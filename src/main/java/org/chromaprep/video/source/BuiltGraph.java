package org.chromaprep.video.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avfilter;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.chromaprep.video.Rational;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.ffmpeg.FfmpegLog;

/** A graph of FFmpeg's filters that draws pictures from nothing. Whoever made it closes it. One thread. */
final class BuiltGraph implements AutoCloseable {
    /** An open output of the graph: a label or nothing, a filter and which of its outputs. */
    private record Output(String label, AVFilterContext filter, int pad, int type) {}

    private final String name;
    private final AVFilterGraph graph;
    private final boolean hasAudio;
    private AVFilterContext sink = new AVFilterContext(null);

    /**
     * @param notation the graph as FFmpeg writes it
     * @param name what to call the film
     * @param threads of filters that use several
     * @throws SourceException if FFmpeg cannot build it, it needs an input, or none of its outputs is a picture
     */
    BuiltGraph(String notation, String name, int threads) throws SourceException {
        this.name = name;
        graph = avfilter.avfilter_graph_alloc();
        var done = false;
        try {
            graph.nb_threads(threads);
            var outputs = parse(notation);
            hasAudio = outputs.stream().anyMatch(each -> each.type() == avutil.AVMEDIA_TYPE_AUDIO);
            connect(outputs);
            check(avfilter.avfilter_graph_config(graph, null));
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private List<Output> parse(String notation) throws SourceException {
        var inputs = new AVFilterInOut(null);
        var outputs = new AVFilterInOut(null);
        try {
            check(avfilter.avfilter_graph_parse2(graph, notation, inputs, outputs));
            if (!inputs.isNull()) {
                throw new SourceException(
                        name + " has a filter whose input nothing is connected to; begin the graph with a"
                                + " source such as testsrc2 or movie.");
            }
            var found = new ArrayList<Output>();
            for (var each = outputs; each != null && !each.isNull(); each = each.next()) {
                var label = each.name();
                var filter = each.filter_ctx();
                found.add(new Output(
                        label == null || label.isNull() ? "" : label.getString(),
                        filter,
                        each.pad_idx(),
                        avfilter.avfilter_pad_get_type(filter.output_pads(), each.pad_idx())));
            }
            return found;
        } finally {
            avfilter.avfilter_inout_free(inputs);
            avfilter.avfilter_inout_free(outputs);
        }
    }

    // FFmpeg builds no graph with an output left open, so what is not read ends in a filter that swallows it.
    private void connect(List<Output> outputs) throws SourceException {
        var film = outputs.stream()
                .filter(each -> each.type() == avutil.AVMEDIA_TYPE_VIDEO)
                .min(Comparator.comparing(Output::label))
                .orElseThrow(() ->
                        new SourceException(name + (hasAudio ? " has sound but no moving picture" : " has no picture")
                                + "; name a graph that draws one."));
        for (var output : outputs) {
            var swallows = output.type() == avutil.AVMEDIA_TYPE_AUDIO ? "anullsink" : "nullsink";
            var end = add(output.equals(film) ? "buffersink" : swallows);
            check(avfilter.avfilter_link(output.filter(), output.pad(), end, 0));
            if (output.equals(film)) {
                sink = end;
            }
        }
    }

    private AVFilterContext add(String filter) throws SourceException {
        var made = new AVFilterContext(null);
        check(avfilter.avfilter_graph_create_filter(
                made, avfilter.avfilter_get_by_name(filter), filter, (String) null, (Pointer) null, graph));
        return made;
    }

    private void check(int code) throws SourceException {
        if (code < 0) {
            throw new SourceException(name + " is not a graph that FFmpeg can build (" + FfmpegLog.describe(code)
                    + "); check the filters' names and options.");
        }
    }

    /** Draws the next picture into an empty frame; FFmpeg's number of an error, or of the end, where there is none. */
    int draw(AVFrame frame) {
        return avfilter.av_buffersink_get_frame(sink, frame);
    }

    /** Seconds a tick. */
    Rational timeBase() {
        return rational(avfilter.av_buffersink_get_time_base(sink)).orElse(new Rational(1, 1));
    }

    /** Frames a second, where all are equally long as far as the filters know. */
    Optional<Rational> frameRate() {
        return rational(avfilter.av_buffersink_get_frame_rate(sink));
    }

    /** Whether it has an output of sound, which nobody listens to. */
    boolean hasAudio() {
        return hasAudio;
    }

    private static Optional<Rational> rational(AVRational given) {
        return given.num() > 0 && given.den() > 0
                ? Optional.of(new Rational(given.num(), given.den()))
                : Optional.empty();
    }

    @Override
    public void close() {
        if (!graph.isNull()) {
            avfilter.avfilter_graph_free(graph);
            graph.setNull();
        }
    }
}

package org.chromaprep.video.encode;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.natives.OpenState;
import org.chromaprep.video.PlaneFormat;
import org.chromaprep.video.PlanePicture;
import org.chromaprep.video.ffmpeg.FfmpegErrors;

/**
 * Encodes painted pictures into one segment of a film. Segments are NUT files, which keep any time base and every time
 * stamp exactly; {@link VideoJoiner} makes the film of them. A segment gets its name only when it is finished, so one that
 * exists is whole. The same pictures, time stamps and settings give the same bytes.
 *
 * <p>Colours are written as BT.709, but BT.601 in JPEG, see {@link EncoderSettings} for the rest. Whoever opened a writer
 * closes it. One thread at a time.
 */
public final class VideoWriter implements AutoCloseable {
    private final OpenState state = new OpenState("This film that is being written");
    private final EncoderSettings settings;
    private final OutputFile file;
    private final AVCodecContext encoder;
    private final Optional<RgbConverter> converter;
    private final PlanePixels pixels = new PlanePixels();
    private final AVFrame frame;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVRational timeBase;
    private final Queue<Long> waiting = new ArrayDeque<>();
    private AVStream stream;
    private long frames;
    private long lastPts = Long.MIN_VALUE;
    private long packets;

    private VideoWriter(EncoderSettings settings, OutputFile file, AVCodecContext encoder, Optional<RgbConverter> converter,
            AVFrame frame) {
        this.settings = settings;
        this.file = file;
        this.encoder = encoder;
        this.converter = converter;
        this.frame = frame;
        timeBase = avutil.av_make_q(settings.timeBase().numerator(), settings.timeBase().denominator());
    }

    /**
     * Checks, without writing anything, that a codec is known and a container can hold it.
     *
     * @param container as in {@link JoinPlan}
     * @throws IllegalArgumentException if not; the message lists names like the given one, or says what to choose
     */
    public static void check(String codec, String container) {
        Containers.check(Encoders.find(codec), container);
    }

    /**
     * The format nearest to a wanted one that an encoder takes: the same bits if it can be, else more, else fewer; colour
     * planes of a quarter of the size if it can be.
     *
     * @throws IllegalArgumentException if the codec is unknown, or takes no planes or not their range
     */
    public static PlaneFormat nearest(String codec, PlaneFormat wanted) {
        return PlanePixels.nearest(Encoders.find(codec), wanted);
    }

    /** Whether a codec gives every number back that it was given. */
    public static boolean isLossless(String codec) {
        var properties = avcodec.avcodec_descriptor_get(Encoders.find(codec).id()).props();
        return (properties & avcodec.AV_CODEC_PROP_LOSSY) == 0;
    }

    /**
     * Starts a segment.
     *
     * @param segment the file, whose folder exists; an existing one is replaced, once the new one is finished
     * @throws IllegalArgumentException if the codec is unknown
     * @throws EncodingException if the encoder refuses the size, or the file cannot be made
     */
    public static VideoWriter open(Path segment, EncoderSettings settings) throws EncodingException {
        return open(settings, Map.of(), () -> OutputFile.create(segment, Containers.segmentFormat()));
    }

    /**
     * Starts a film of its own that can be played at any time and stays when it is not finished. Whatever ends the program, it
     * has all pictures that the encoder has given back but the last one, whose duration is not known before the next; it
     * gets its name when its first picture is in the file, and is {@code .NAME.part} before.
     *
     * @param film the file, whose folder exists; an existing one is replaced
     * @param container as in {@link JoinPlan}
     * @param began what the film tells as the time of its making
     * @throws IllegalArgumentException if the codec or the container is unknown
     * @throws EncodingException if the encoder refuses the size, or the file cannot be made
     */
    public static VideoWriter record(Path film, EncoderSettings settings, String container, Instant began)
            throws EncodingException {
        var format = Containers.find(container);
        return open(settings, Containers.unfinished(format), () -> {
            var file = OutputFile.growing(film, format);
            file.tell("creation_time", began.toString());
            return file;
        });
    }

    private interface Target {
        OutputFile create() throws EncodingException;
    }

    private static VideoWriter open(EncoderSettings settings, Map<String, String> options, Target target)
            throws EncodingException {
        var encoder = EncoderContexts.open(settings);
        var opened = false;
        RgbConverter converter = null;
        OutputFile file = null;
        AVFrame frame = null;
        try {
            if (settings.planes().isEmpty()) {
                converter = RgbConverter.to(PictureFormat.of(Encoders.find(settings.codec())), settings.width(),
                        settings.height());
            }
            frame = frame(encoder);
            file = target.create();
            var writer = new VideoWriter(settings, file, encoder, Optional.ofNullable(converter), frame);
            writer.begin(options);
            opened = true;
            return writer;
        } finally {
            if (!opened) {
                avcodec.avcodec_free_context(encoder);
                if (converter != null) {
                    converter.close();
                }
                if (frame != null) {
                    avutil.av_frame_free(frame);
                }
                if (file != null) {
                    file.close();
                }
            }
        }
    }

    private static AVFrame frame(AVCodecContext encoder) throws EncodingException {
        var frame = avutil.av_frame_alloc();
        frame.format(encoder.pix_fmt()).width(encoder.width()).height(encoder.height());
        frame.color_range(encoder.color_range()).colorspace(encoder.colorspace());
        frame.color_primaries(encoder.color_primaries()).color_trc(encoder.color_trc());
        var got = avutil.av_frame_get_buffer(frame, 0);
        if (got < 0) {
            avutil.av_frame_free(frame);
            throw new EncodingException("There is no memory for a picture of " + encoder.width() + "x"
                    + encoder.height() + " (" + FfmpegErrors.describe(got) + "); free some or choose a smaller size.");
        }
        return frame;
    }

    private void begin(Map<String, String> options) throws EncodingException {
        stream = file.addStream();
        avcodec.avcodec_parameters_from_context(stream.codecpar(), encoder);
        stream.time_base(timeBase);
        stream.avg_frame_rate(encoder.framerate());
        file.begin(options);
    }

    /**
     * Encodes a picture.
     *
     * @param rgb 0xRRGGBB numbers row by row, at least width x height of them; only read, and free again on return
     * @param pts when the picture appears, in ticks of the settings' time base, after the one before
     * @throws IllegalArgumentException if the array is too short or the time stamp is not after the last one
     * @throws EncodingException if the encoder or the disk refuses
     */
    public void write(int[] rgb, long pts) throws EncodingException {
        state.check();
        var painted = converter.orElseThrow(() -> new IllegalArgumentException("This film takes planes."));
        if (rgb.length < settings.width() * settings.height()) {
            throw new IllegalArgumentException("A picture of " + settings.width() + "x" + settings.height()
                    + " needs as many numbers, not " + rgb.length + ".");
        }
        begin(pts);
        painted.convert(rgb, frame);
        encode(pts);
    }

    /**
     * Encodes a picture that comes as planes.
     *
     * @param picture of the settings' format; only read, and free again on return
     * @param pts when the picture appears, in ticks of the settings' time base, after the one before
     * @throws IllegalArgumentException if the picture has another format or the time stamp is not after the last one
     * @throws EncodingException if the encoder or the disk refuses
     */
    public void write(PlanePicture picture, long pts) throws EncodingException {
        state.check();
        if (!settings.planes().equals(Optional.of(picture.format()))) {
            throw new IllegalArgumentException("A picture of " + picture.format() + " is none of this film's.");
        }
        begin(pts);
        pixels.copy(picture, frame);
        encode(pts);
    }

    private void begin(long pts) throws EncodingException {
        if (frames > 0 && pts <= lastPts) {
            throw new IllegalArgumentException("Frames must be written in the order of their times: " + pts
                    + " came after " + lastPts + ".");
        }
        check(avutil.av_frame_make_writable(frame));
    }

    private void encode(long pts) throws EncodingException {
        frame.pts(frames);
        frames++;
        lastPts = pts;
        waiting.add(pts);
        check(avcodec.avcodec_send_frame(encoder, frame));
        drain();
    }

    /** Frames written so far. */
    public long frames() {
        return frames;
    }

    /**
     * Ends the segment: flushes the encoder, makes the file durable and gives it its name. Nothing can be written
     * afterwards.
     *
     * @throws EncodingException if the encoder lost a picture or the disk refuses
     */
    public void finish() throws EncodingException {
        state.check();
        if (frames > 0) {
            check(avcodec.avcodec_send_frame(encoder, null));
            drain();
        }
        if (packets != frames) {
            throw new EncodingException("The encoder " + settings.codec() + " returned " + packets + " of " + frames
                    + " pictures; choose another codec.");
        }
        file.finish();
    }

    private void drain() throws EncodingException {
        for (var got = avcodec.avcodec_receive_packet(encoder, packet); got != avutil.AVERROR_EAGAIN()
                && got != avutil.AVERROR_EOF; got = avcodec.avcodec_receive_packet(encoder, packet)) {
            check(got);
            if (packet.pts() != packets) {
                throw new EncodingException("The encoder " + settings.codec()
                        + " does not return pictures one by one in their order; choose another codec.");
            }
            packets++;
            var pts = waiting.remove();
            packet.stream_index(0);
            packet.pts(pts).dts(pts).duration(settings.usualDuration());
            avcodec.av_packet_rescale_ts(packet, timeBase, stream.time_base());
            file.check(file.write(packet));
            file.show();
        }
    }

    private void check(int code) throws EncodingException {
        if (code < 0) {
            throw new EncodingException("The encoder " + settings.codec() + " failed at frame " + frames + " of "
                    + settings.width() + "x" + settings.height() + " (" + FfmpegErrors.describe(code)
                    + "); choose another codec or a smaller size.");
        }
    }

    /** Frees the encoder; a segment that was not finished is deleted, and so is a film without a picture. */
    @Override
    public void close() {
        if (state.close()) {
            avcodec.av_packet_free(packet);
            avutil.av_frame_free(frame);
            avcodec.avcodec_free_context(encoder);
            converter.ifPresent(RgbConverter::close);
            file.close();
        }
    }
}

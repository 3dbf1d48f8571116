package org.chromaprep.video.encode;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.natives.OpenState;
import org.chromaprep.video.PlaneFormat;
import org.chromaprep.video.PlanePicture;
import org.chromaprep.video.Rational;
import org.chromaprep.video.ffmpeg.FfmpegErrors;

/**
 * Encodes painted pictures into one segment of a film. Segments are NUT files, which keep any time base and every time
 * stamp exactly; {@link VideoJoiner} makes the film of them. A segment gets its name only when it is finished, so one that
 * exists is whole. The same pictures, time stamps and settings give the same bytes, however many threads encode.
 *
 * <p>Colours are written as BT.709, but BT.601 in JPEG, see {@link EncoderSettings} for the rest. Whoever opened a writer
 * closes it. One thread at a time.
 */
public final class VideoWriter implements AutoCloseable {
    private static final int TRIAL_WIDTH = 640;
    private static final int TRIAL_HEIGHT = 360;

    private final OpenState state = new OpenState("This film that is being written");
    private final EncoderSettings settings;
    private final OutputFile file;
    private final FrameEncoder encoder;
    private final Optional<RgbConverter> converter;
    private final PlanePixels pixels = new PlanePixels();
    private final AVFrame frame = avutil.av_frame_alloc();
    private final AVRational timeBase;
    private final Queue<Long> waiting = new ArrayDeque<>();
    private final AVStream stream;
    private long frames;
    private long lastPts = Long.MIN_VALUE;

    private VideoWriter(
            EncoderSettings settings, OutputFile file, FrameEncoder encoder, Optional<RgbConverter> converter) {
        this.settings = settings;
        this.file = file;
        this.encoder = encoder;
        this.converter = converter;
        timeBase = avutil.av_make_q(
                settings.timeBase().numerator(), settings.timeBase().denominator());
        stream = file.addStream();
    }

    /**
     * Checks, without writing anything, that a codec is known, a container can hold it, and an encoder of a device finds its
     * device.
     *
     * @param container as in {@link JoinPlan}
     * @throws IllegalArgumentException if not; the message lists names like the given one, or says what to choose
     */
    public static void check(String codec, String container) {
        var encoder = Encoders.find(codec);
        Containers.check(encoder, container);
        if (Encoders.isOfHardware(encoder)) {
            try (var trial = new SingleEncoder(new EncoderSettings(
                    codec, TRIAL_WIDTH, TRIAL_HEIGHT, new Rational(1, 25), new Rational(25, 1), 1))) {
                trial.context();
            } catch (EncodingException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
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

    /**
     * How many frames are encoded together, whatever came before them: where segments are cut between such groups, the film of them
     * has the same bytes as if they were not cut there.
     *
     * @return empty where an encoder carries something from each frame to the next
     * @throws IllegalArgumentException if the codec is unknown
     */
    public static OptionalInt groupFrames(EncoderSettings settings) {
        return EncoderTuning.isSteeredByQuantizer(Encoders.find(settings.codec()))
                ? OptionalInt.of(EncoderTuning.groupFrames(settings.frameRate().value()))
                : OptionalInt.empty();
    }

    /** Whether a codec gives every number back that it was given. */
    public static boolean isLossless(String codec) {
        return EncoderOffers.isLossless(Encoders.find(codec));
    }

    /**
     * Starts a segment.
     *
     * @param segment the file, whose folder exists; an existing one is replaced, once the new one is finished
     * @throws IllegalArgumentException if the codec is unknown
     * @throws EncodingException if the encoder refuses the size, or the file cannot be made
     */
    public static VideoWriter open(Path segment, EncoderSettings settings) throws EncodingException {
        var inGroups = EncoderTuning.isSteeredByQuantizer(Encoders.find(settings.codec()));
        return open(settings, inGroups, Map.of(), () -> OutputFile.create(segment, Containers.segmentFormat()));
    }

    /**
     * Starts a film of its own that can be played at any time and stays when it is not finished. Whatever ends the program, it
     * has all pictures that the encoder has given back but the last one, whose duration is not known before the next; it
     * gets its name when its first picture is in the file, and is {@code .NAME.part} before.
     *
     * @param film the file, whose folder exists; an existing one is replaced
     * @param container as in {@link JoinPlan}
     * @param began what the film says as the time of its making
     * @throws IllegalArgumentException if the codec or the container is unknown
     * @throws EncodingException if the encoder refuses the size, or the file cannot be made
     */
    public static VideoWriter record(Path film, EncoderSettings settings, String container, Instant began)
            throws EncodingException {
        var format = Containers.find(container);
        return open(settings, false, Containers.unfinished(format), () -> {
            var file = OutputFile.growing(film, format);
            file.tell("creation_time", began.toString());
            return file;
        });
    }

    private interface Target {
        OutputFile create() throws EncodingException;
    }

    private static VideoWriter open(
            EncoderSettings settings, boolean inGroups, Map<String, String> options, Target target)
            throws EncodingException {
        var encoder = inGroups ? new GroupEncoder(settings) : new SingleEncoder(settings);
        var opened = false;
        RgbConverter converter = null;
        OutputFile file = null;
        try {
            if (settings.planes().isEmpty()) {
                converter = RgbConverter.to(
                        PictureFormat.of(Encoders.find(settings.codec())), settings.width(), settings.height());
            }
            file = target.create();
            var writer = new VideoWriter(settings, file, encoder, Optional.ofNullable(converter));
            writer.begin(options);
            opened = true;
            return writer;
        } finally {
            if (!opened) {
                encoder.close();
                if (converter != null) {
                    converter.close();
                }
                if (file != null) {
                    file.close();
                }
            }
        }
    }

    /** Gives the frame memory of its own, since an encoder may still refer to what it had. */
    private void renew() throws EncodingException {
        var context = encoder.context();
        avutil.av_frame_unref(frame);
        frame.format(context.pix_fmt()).width(context.width()).height(context.height());
        frame.color_range(context.color_range()).colorspace(context.colorspace());
        frame.color_primaries(context.color_primaries()).color_trc(context.color_trc());
        var got = avutil.av_frame_get_buffer(frame, 0);
        if (got < 0) {
            throw new EncodingException("There is no memory for a picture of " + context.width() + "x"
                    + context.height() + " (" + FfmpegErrors.describe(got) + "); free some or choose a smaller size.");
        }
    }

    private void begin(Map<String, String> options) throws EncodingException {
        avcodec.avcodec_parameters_from_context(stream.codecpar(), encoder.context());
        stream.time_base(timeBase);
        stream.avg_frame_rate(encoder.context().framerate());
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
            throw new IllegalArgumentException(
                    "Frames must be written in the order of their times: " + pts + " came after " + lastPts + ".");
        }
        renew();
    }

    private void encode(long pts) throws EncodingException {
        frames++;
        lastPts = pts;
        waiting.add(pts);
        encoder.encode(frame, this::write);
    }

    private void write(AVPacket packet) throws EncodingException {
        var pts = waiting.remove();
        packet.stream_index(0);
        packet.pts(pts).dts(pts).duration(settings.usualDuration());
        avcodec.av_packet_rescale_ts(packet, timeBase, stream.time_base());
        file.check(file.write(packet));
        file.show();
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
        encoder.end(this::write);
        file.finish();
    }

    /** Frees the encoder; a segment that was not finished is deleted, and so is a film without a picture. */
    @Override
    public void close() {
        if (state.close()) {
            avutil.av_frame_free(frame);
            encoder.close();
            converter.ifPresent(RgbConverter::close);
            file.close();
        }
    }
}

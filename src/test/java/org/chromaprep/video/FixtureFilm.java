package org.chromaprep.video;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.chromaprep.video.encode.Containers;
import org.chromaprep.video.encode.Encoders;
import org.chromaprep.video.encode.EncodingException;
import org.chromaprep.video.encode.OutputFile;
import org.chromaprep.video.ffmpeg.FfmpegErrors;

/**
 * A film that a test makes sample by sample, lossless unless another codec is chosen: any pixel format and colour tags,
 * any time stamps, B-frames, a display matrix, sound.
 */
public final class FixtureFilm {
    /** Stored samples of a film. */
    public interface Samples {
        int at(int frame, int plane, int x, int y);
    }

    private static final int SOUND_RATE = 8000;
    private static final double FRAME_SECONDS = 0.04;

    private final String pixelFormat;
    private final int width;
    private final int height;
    private String codec = "ffv1";
    private int matrix = avutil.AVCOL_SPC_UNSPECIFIED;
    private int range = avutil.AVCOL_RANGE_UNSPECIFIED;
    private int bFrames;
    private Optional<int[]> displayMatrix = Optional.empty();
    private Rational timeBase = new Rational(1, 1000);
    private long[] times = {0};
    private byte[][] sound = {};

    public FixtureFilm(String pixelFormat, int width, int height) {
        this.pixelFormat = pixelFormat;
        this.width = width;
        this.height = height;
    }

    public FixtureFilm codec(String name, int mostBFrames) {
        codec = name;
        bFrames = mostBFrames;
        return this;
    }

    public FixtureFilm colours(int newMatrix, int newRange) {
        matrix = newMatrix;
        range = newRange;
        return this;
    }

    /** Entries a, b, c, d: a stored point (x, y) is shown at (a x + c y, b x + d y). */
    public FixtureFilm turned(int a, int b, int c, int d) {
        displayMatrix = Optional.of(new int[] {a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30});
        return this;
    }

    /** The seconds that time stamps count, where it is not thousandths. */
    FixtureFilm clock(Rational seconds) {
        timeBase = seconds;
        return this;
    }

    /** When each frame appears, by the clock. */
    public FixtureFilm times(long... newTimes) {
        times = newTimes.clone();
        return this;
    }

    /** Packets of 8000 samples a second, 16 bits, little-endian, one channel; one follows the other from 0 on. */
    public FixtureFilm sound(byte[]... packets) {
        sound = packets.clone();
        return this;
    }

    public Path write(Path path, Samples samples) throws EncodingException {
        var name = path.getFileName().toString();
        var encoder = encoder();
        var frame = avutil.av_frame_alloc();
        var packet = avcodec.av_packet_alloc();
        try (var file = OutputFile.create(path, Containers.find(name.substring(name.lastIndexOf('.') + 1)))) {
            var stream = file.addStream();
            avcodec.avcodec_parameters_from_context(stream.codecpar(), encoder);
            // Encoders refuse tags that do not go with their format; films in the wild have them.
            stream.codecpar().color_space(matrix);
            stream.codecpar().color_range(range);
            stream.time_base(encoder.time_base());
            displayMatrix.ifPresent(entries -> addMatrix(stream.codecpar(), entries));
            if (sound.length > 0) {
                var parameters = file.addStream().codecpar();
                parameters.codec_type(avutil.AVMEDIA_TYPE_AUDIO).codec_id(avcodec.AV_CODEC_ID_PCM_S16LE);
                parameters
                        .format(avutil.AV_SAMPLE_FMT_S16)
                        .sample_rate(SOUND_RATE)
                        .bits_per_coded_sample(Short.SIZE);
                parameters.block_align(Short.BYTES);
                avutil.av_channel_layout_default(parameters.ch_layout(), 1);
                file.stream(1).time_base(avutil.av_make_q(1, SOUND_RATE));
            }
            file.begin(Map.of());
            writeSound(file, packet);
            for (var number = 0; number < times.length; number++) {
                draw(encoder, frame, number, samples);
                file.check(avcodec.avcodec_send_frame(encoder, frame));
                drain(encoder, packet, file);
            }
            file.check(avcodec.avcodec_send_frame(encoder, null));
            drain(encoder, packet, file);
            file.finish();
        } finally {
            avcodec.av_packet_free(packet);
            avutil.av_frame_free(frame);
            avcodec.avcodec_free_context(encoder);
        }
        return path;
    }

    private AVCodecContext encoder() throws EncodingException {
        var found = Encoders.find(codec);
        var context = avcodec.avcodec_alloc_context3(found);
        context.width(width).height(height).pix_fmt(avutil.av_get_pix_fmt(pixelFormat));
        context.max_b_frames(bFrames).gop_size(bFrames == 0 ? 1 : 12);
        context.time_base(avutil.av_make_q(timeBase.numerator(), timeBase.denominator()));
        context.framerate(avutil.av_make_q(25, 1)).strict_std_compliance(avcodec.FF_COMPLIANCE_UNOFFICIAL);
        context.flags(context.flags()
                        | avcodec.AV_CODEC_FLAG_BITEXACT
                        | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER
                        | avcodec.AV_CODEC_FLAG_QSCALE)
                .global_quality(2 * avutil.FF_QP2LAMBDA);
        var opened = avcodec.avcodec_open2(context, found, (AVDictionary) null);
        if (opened < 0) {
            throw new EncodingException(codec + " does not take " + pixelFormat + ": " + FfmpegErrors.describe(opened));
        }
        return context;
    }

    private static void addMatrix(AVCodecParameters parameters, int[] entries) {
        try (var list = new PointerPointer<AVPacketSideData>(1L);
                var count = new IntPointer(1L)) {
            list.put(0, (Pointer) null);
            count.put(0);
            var data = avcodec.av_packet_side_data_new(
                    list, count, avcodec.AV_PKT_DATA_DISPLAYMATRIX, (long) entries.length * Integer.BYTES, 0);
            new IntPointer(data.data()).put(entries);
            parameters.coded_side_data(list.get(AVPacketSideData.class, 0)).nb_coded_side_data(count.get());
        }
    }

    private void writeSound(OutputFile file, AVPacket packet) throws EncodingException {
        var pts = 0L;
        for (var bytes : sound) {
            file.check(avcodec.av_new_packet(packet, bytes.length));
            packet.data().put(bytes);
            packet.stream_index(1).pts(pts).dts(pts).duration(bytes.length / Short.BYTES);
            pts += bytes.length / Short.BYTES;
            try (var base = avutil.av_make_q(1, SOUND_RATE)) {
                avcodec.av_packet_rescale_ts(packet, base, file.stream(1).time_base());
            }
            file.check(file.write(packet));
        }
    }

    private void draw(AVCodecContext encoder, AVFrame frame, int number, Samples samples) {
        avutil.av_frame_unref(frame);
        frame.format(encoder.pix_fmt()).width(width).height(height).pts(times[number]);
        avutil.av_frame_get_buffer(frame, 0);
        var descriptor = avutil.av_pix_fmt_desc_get(encoder.pix_fmt());
        for (var plane = 0; plane < avutil.av_pix_fmt_count_planes(encoder.pix_fmt()); plane++) {
            var chroma = plane == 1 || plane == 2;
            var columns = chroma ? -(-width >> descriptor.log2_chroma_w()) : width;
            var rows = chroma ? -(-height >> descriptor.log2_chroma_h()) : height;
            var bytes = descriptor.comp(0).depth() > Byte.SIZE ? Short.BYTES : 1;
            for (var y = 0; y < rows; y++) {
                var row = ByteBuffer.allocate(columns * bytes).order(ByteOrder.LITTLE_ENDIAN);
                for (var x = 0; x < columns; x++) {
                    var sample = samples.at(number, plane, x, y);
                    row = bytes == 1 ? row.put((byte) sample) : row.putShort((short) sample);
                }
                new BytePointer(frame.data(plane))
                        .position((long) y * frame.linesize(plane))
                        .put(row.array());
            }
        }
    }

    private void drain(AVCodecContext encoder, AVPacket packet, OutputFile file) throws EncodingException {
        while (avcodec.avcodec_receive_packet(encoder, packet) >= 0) {
            packet.stream_index(0).duration(Math.round(FRAME_SECONDS / timeBase.value()));
            avcodec.av_packet_rescale_ts(
                    packet, encoder.time_base(), file.stream(0).time_base());
            file.check(file.write(packet));
        }
    }
}

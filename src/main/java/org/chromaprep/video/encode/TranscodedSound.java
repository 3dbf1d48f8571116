package org.chromaprep.video.encode;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVAudioFifo;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.Pointer;

/**
 * Turns uncompressed sound into Apple Lossless for containers whose uncompressed sound few players read: 16 bits stay 16, all
 * others become 24. Where the source has a gap, silence keeps the distance.
 */
final class TranscodedSound implements JoinedTrack {
    private static final int BITS = 24;
    /** Time stamps in milliseconds are off by so many seconds at most. */
    private static final double ROUNDING = 0.01;

    private static final double LONGEST_GAP = 3600;

    private final OutputFile file;
    private final AVRational from;
    private final AVCodecContext decoder;
    private final AVCodecContext encoder;
    private final AVRational sampleTime;
    private final AVFrame decoded = avutil.av_frame_alloc();
    private final AVFrame converted = avutil.av_frame_alloc();
    private final AVFrame block = avutil.av_frame_alloc();
    private final AVPacket packet = avcodec.av_packet_alloc();
    private SwrContext converter = new SwrContext((Pointer) null);
    private final AVAudioFifo samples;
    private int target;
    private boolean begun;
    private long next;
    private long written;

    private TranscodedSound(OutputFile file, AVRational from, AVCodecContext decoder, AVCodecContext encoder) {
        this.file = file;
        this.from = from;
        this.decoder = decoder;
        this.encoder = encoder;
        this.sampleTime = avutil.av_make_q(1, encoder.sample_rate());
        this.samples = avutil.av_audio_fifo_alloc(
                encoder.sample_fmt(), encoder.ch_layout().nb_channels(), encoder.frame_size());
    }

    /**
     * @param parameters what the source's stream is
     * @param from its time base
     * @throws EncodingException if it cannot be decoded, or is of a kind that Apple Lossless does not know
     */
    static TranscodedSound open(OutputFile file, AVCodecParameters parameters, AVRational from)
            throws EncodingException {
        var decoder = avcodec.avcodec_alloc_context3(avcodec.avcodec_find_decoder(parameters.codec_id()));
        var encoder = avcodec.avcodec_alloc_context3(avcodec.avcodec_find_encoder(avcodec.AV_CODEC_ID_ALAC));
        var isShort = avutil.av_get_bytes_per_sample(parameters.format()) <= Short.BYTES;
        encoder.sample_rate(parameters.sample_rate())
                .sample_fmt(isShort ? avutil.AV_SAMPLE_FMT_S16P : avutil.AV_SAMPLE_FMT_S32P);
        encoder.bits_per_raw_sample(isShort ? Short.SIZE : BITS);
        encoder.flags(avcodec.AV_CODEC_FLAG_BITEXACT | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
        avutil.av_channel_layout_default(
                encoder.ch_layout(), parameters.ch_layout().nb_channels());
        avcodec.avcodec_parameters_to_context(decoder, parameters);
        if (avcodec.avcodec_open2(decoder, decoder.codec(), (AVDictionary) null) < 0
                || avcodec.avcodec_open2(encoder, encoder.codec(), (AVDictionary) null) < 0) {
            avcodec.avcodec_free_context(decoder);
            avcodec.avcodec_free_context(encoder);
            throw new EncodingException("sound of " + parameters.ch_layout().nb_channels() + " channels at "
                    + parameters.sample_rate() + " Hz cannot be made Apple Lossless");
        }
        return new TranscodedSound(file, from, decoder, encoder);
    }

    /** Whether a stream has more than is kept. */
    static boolean loses(AVCodecParameters parameters) {
        return avutil.av_get_bytes_per_sample(parameters.format()) > Short.BYTES
                && parameters.bits_per_coded_sample() != BITS;
    }

    /** Describes the stream of the joined film that this writes to from now on. */
    void writeTo(AVStream stream) {
        avcodec.avcodec_parameters_from_context(stream.codecpar(), encoder);
        stream.time_base(sampleTime);
        target = stream.index();
    }

    @Override
    public int write(AVPacket source) {
        var time = avutil.av_rescale_q(source.pts(), from, sampleTime);
        var code = avcodec.avcodec_send_packet(decoder, source);
        avcodec.av_packet_unref(source);
        while (code >= 0) {
            code = avcodec.avcodec_receive_frame(decoder, decoded);
            if (code >= 0) {
                code = take(time);
                time += decoded.nb_samples();
            }
        }
        // What is damaged is left out, as it is where packets are copied.
        return code == avutil.AVERROR_EAGAIN() || code == avutil.AVERROR_INVALIDDATA() ? 0 : code;
    }

    private int take(long time) {
        if (!begun) {
            next = time;
            written = time;
            begun = true;
        }
        var gap = time - next;
        var limit = Math.round(ROUNDING * encoder.sample_rate());
        if (gap > limit && gap < LONGEST_GAP * encoder.sample_rate()) {
            var code = silence(gap);
            if (code < 0) {
                return code;
            }
        }
        var code = convert();
        if (code < 0) {
            return code;
        }
        avutil.av_audio_fifo_write(samples, converted.data(), converted.nb_samples());
        next += converted.nb_samples();
        return encodeWhole();
    }

    private int silence(long length) {
        for (var left = length; left > 0; ) {
            var part = (int) Math.min(left, encoder.frame_size());
            var code = prepare(block, part);
            if (code < 0) {
                return code;
            }
            avutil.av_samples_set_silence(
                    block.data(), 0, part, encoder.ch_layout().nb_channels(), encoder.sample_fmt());
            avutil.av_audio_fifo_write(samples, block.data(), part);
            next += part;
            left -= part;
            code = encodeWhole();
            if (code < 0) {
                return code;
            }
        }
        return 0;
    }

    private int convert() {
        avutil.av_channel_layout_copy(decoded.ch_layout(), encoder.ch_layout());
        var code = prepare(converted, decoded.nb_samples());
        if (code >= 0 && converter.isNull()) {
            converter = swresample.swr_alloc();
        }
        return code < 0 ? code : swresample.swr_convert_frame(converter, converted, decoded);
    }

    private int prepare(AVFrame frame, int length) {
        avutil.av_frame_unref(frame);
        frame.format(encoder.sample_fmt()).nb_samples(length).sample_rate(encoder.sample_rate());
        avutil.av_channel_layout_copy(frame.ch_layout(), encoder.ch_layout());
        return avutil.av_frame_get_buffer(frame, 0);
    }

    private int encodeWhole() {
        var code = 0;
        while (code >= 0 && avutil.av_audio_fifo_size(samples) >= encoder.frame_size()) {
            code = encode(encoder.frame_size());
        }
        return code;
    }

    private int encode(int length) {
        var code = prepare(block, length);
        if (code < 0) {
            return code;
        }
        avutil.av_audio_fifo_read(samples, block.data(), length);
        block.pts(written);
        written += length;
        code = avcodec.avcodec_send_frame(encoder, block);
        return code < 0 ? code : drain();
    }

    private int drain() {
        while (true) {
            var code = avcodec.avcodec_receive_packet(encoder, packet);
            if (code < 0) {
                return code == avutil.AVERROR_EAGAIN() || code == avutil.AVERROR_EOF() ? 0 : code;
            }
            packet.stream_index(target);
            avcodec.av_packet_rescale_ts(packet, sampleTime, file.stream(target).time_base());
            code = file.write(packet);
            if (code < 0) {
                return code;
            }
        }
    }

    @Override
    public int finish() {
        var left = avutil.av_audio_fifo_size(samples);
        var code = left > 0 ? encode(left) : 0;
        if (code >= 0 && begun) {
            code = avcodec.avcodec_send_frame(encoder, null);
        }
        return code < 0 ? code : drain();
    }

    @Override
    public double astray() {
        return 0;
    }

    @Override
    public void close() {
        avutil.av_audio_fifo_free(samples);
        avutil.av_frame_free(decoded);
        avutil.av_frame_free(converted);
        avutil.av_frame_free(block);
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(decoder);
        avcodec.avcodec_free_context(encoder);
        if (!converter.isNull()) {
            swresample.swr_free(converter);
        }
    }
}

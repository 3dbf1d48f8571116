package org.chromaprep.video.source;

import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.chromaprep.video.DecoderChoice;
import org.chromaprep.video.DecodingException;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceOptions;

/** The decoder of a container's video stream, on the processor or on a graphics card. Whoever opened it closes it. One thread. */
final class StreamDecoder implements AutoCloseable {
    private static final int FF_THREAD_SLICE = 2;

    private final AVCodecContext context;
    private final Optional<CardDecoder> card;
    private final boolean isCardWanted;

    /** Throws what is wrong with a film where FFmpeg gives a code that says so. */
    interface Check {
        void demand(int code, String problem, String remedy) throws SourceException;
    }

    private StreamDecoder(AVCodecContext context, Optional<CardDecoder> card, boolean isCardWanted) {
        this.context = context;
        this.card = card;
        this.isCardWanted = isCardWanted;
    }

    /**
     * Opens a decoder.
     *
     * @param name of the film, for sentences
     * @param check says what a code of FFmpeg's means
     * @throws SourceException if its pictures are too large, or FFmpeg cannot decode them
     * @throws DecodingException if a card is asked for that is not there
     */
    static StreamDecoder open(AVStream stream, String name, SourceOptions options, Check check) throws SourceException {
        var parameters = stream.codecpar();
        if ((long) parameters.width() * parameters.height() > options.maxPixels()) {
            throw new SourceException(name + " has frames of " + parameters.width() + "x" + parameters.height()
                    + ", more than the limit of " + options.maxPixels() + " pixels; scale it down first.");
        }
        var codec = avcodec.avcodec_find_decoder(parameters.codec_id());
        if (codec == null || codec.isNull()) {
            throw new SourceException(name + " is coded as " + codecName(stream)
                    + ", which the bundled FFmpeg cannot decode; convert it to H.264 or FFV1 first.");
        }
        var isCardWanted = options.reading().decoder() == DecoderChoice.NVDEC;
        var card = isCardWanted ? card(codec) : Optional.<CardDecoder>empty();
        var decoder = new StreamDecoder(avcodec.avcodec_alloc_context3(codec), card, isCardWanted);
        var done = false;
        try {
            decoder.begin(stream, codec, options, check);
            done = true;
            return decoder;
        } finally {
            if (!done) {
                decoder.close();
            }
        }
    }

    private static Optional<CardDecoder> card(AVCodec codec) {
        var opened = CardDecoder.open();
        if (CardDecoder.knows(codec)) {
            return Optional.of(opened);
        }
        opened.close();
        return Optional.empty();
    }

    private void begin(AVStream stream, AVCodec codec, SourceOptions options, Check check) throws SourceException {
        avcodec.avcodec_parameters_to_context(context, stream.codecpar());
        context.flags(context.flags() | avcodec.AV_CODEC_FLAG_COPY_OPAQUE);
        context.pkt_timebase(stream.time_base())
                .thread_type(FF_THREAD_SLICE)
                .thread_count(options.threads())
                .max_pixels(options.maxPixels());
        card.ifPresent(each -> each.attach(context));
        check.demand(
                avcodec.avcodec_open2(context, codec, (PointerPointer<?>) null),
                "is coded as " + codecName(stream) + ", whose decoder does not start",
                "convert it to H.264 or FFV1 first");
    }

    /** FFmpeg's name of what a stream is coded as. */
    static String codecName(AVStream stream) {
        try (BytePointer text = avcodec.avcodec_get_name(stream.codecpar().codec_id())) {
            return text.getString();
        }
    }

    /** FFmpeg's decoder; of no use once this is closed. */
    AVCodecContext context() {
        return context;
    }

    /** Whether a card was asked for that does not decode these pictures, so that the processor does. */
    boolean isLeftToProcessor() {
        return isCardWanted && card.map(CardDecoder::isRefused).orElse(true);
    }

    /**
     * Fetches a decoded frame from where it is.
     *
     * @throws DecodingException if the graphics card fails
     */
    void fetch(AVFrame frame) {
        card.ifPresent(each -> each.fetch(frame, context));
    }

    @Override
    public void close() {
        if (!context.isNull()) {
            avcodec.avcodec_free_context(context);
            context.setNull();
            card.ifPresent(CardDecoder::close);
        }
    }
}

package org.chromaprep.video.encode;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.chromaprep.video.Rational;
import org.chromaprep.video.ffmpeg.FfmpegErrors;
import org.chromaprep.video.ffmpeg.FfmpegLog;

/** Opens encoders for {@link EncoderSettings}. */
final class EncoderContexts {
    /** MPEG-4's clock counts to this at most. */
    private static final long LARGEST_TERM = 60_000;

    private static final double SLOWEST = 1;
    private static final double FASTEST = 240;

    private EncoderContexts() {}

    /**
     * An open encoder, whose time base is one frame: its time stamps are frame numbers. That keeps codecs with clocks of
     * their own (MPEG-4's counts to 65535, MPEG-2's knows eight rates) away from the film's time stamps. The caller frees
     * the context.
     *
     * @throws IllegalArgumentException if the codec is unknown
     * @throws EncodingException if the encoder refuses the settings
     */
    static AVCodecContext open(EncoderSettings settings) throws EncodingException {
        FfmpegLog.listen();
        var encoder = Encoders.find(settings.codec());
        var format = PictureFormat.of(encoder, settings);
        var context = avcodec.avcodec_alloc_context3(encoder);
        context.width(settings.width()).height(settings.height());
        format.tag(encoder, context);
        var aspect = settings.pixelAspect();
        try (var rate = nominalRate(encoder, settings.frameRate());
                var pixel = avutil.av_make_q(aspect.numerator(), aspect.denominator())) {
            context.framerate(rate);
            context.time_base(avutil.av_inv_q(rate));
            context.sample_aspect_ratio(pixel);
        }
        context.thread_count(settings.threads());
        context.flags(context.flags() | avcodec.AV_CODEC_FLAG_BITEXACT | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
        context.strict_std_compliance(avcodec.FF_COMPLIANCE_UNOFFICIAL);
        var options = new AVDictionary(null);
        try {
            EncoderTuning.apply(encoder, context).forEach((key, value) -> avutil.av_dict_set(options, key, value, 0));
            var opened = avcodec.avcodec_open2(context, encoder, options);
            if (opened < 0 && Encoders.isOfHardware(encoder)) {
                throw new EncodingException("The encoder " + encoder.name().getString()
                        + " finds no device that it works on"
                        + " here, or none that takes pictures of " + settings.width() + "x" + settings.height() + " ("
                        + FfmpegErrors.describe(opened) + "); choose another codec, h264 for instance.");
            }
            if (opened < 0) {
                throw new EncodingException("The encoder " + encoder.name().getString() + " does not take pictures of "
                        + settings.width() + "x" + settings.height() + " at " + settings.frameRate()
                        + " frames a second (" + FfmpegErrors.describe(opened)
                        + "); choose another codec or a smaller size.");
            }
            return context;
        } catch (EncodingException e) {
            avcodec.avcodec_free_context(context);
            throw e;
        } finally {
            avutil.av_dict_free(options);
        }
    }

    private static AVRational nominalRate(AVCodec encoder, Rational wanted) {
        var rate = new AVRational();
        var bounded = Math.min(FASTEST, Math.max(SLOWEST, wanted.value()));
        if (bounded != wanted.value()) {
            rate.num((int) bounded).den(1);
        } else {
            try (var numerator = new IntPointer(1);
                    var denominator = new IntPointer(1)) {
                avutil.av_reduce(numerator, denominator, wanted.numerator(), wanted.denominator(), LARGEST_TERM);
                rate.num(numerator.get()).den(denominator.get());
            }
        }
        try (var rates = new PointerPointer<AVRational>(1);
                var count = new IntPointer(1)) {
            rates.put(0, (AVRational) null);
            var asked = avcodec.avcodec_get_supported_config(
                    null, encoder, avcodec.AV_CODEC_CONFIG_FRAME_RATE, 0, rates, count);
            var list = rates.get(AVRational.class, 0);
            if (asked >= 0 && list != null && count.get() > 0) {
                var nearest = list.getPointer(avutil.av_find_nearest_q_idx(rate, list));
                rate.num(nearest.num()).den(nearest.den());
            }
        }
        return rate;
    }
}

package org.chromaprep.video.source;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext.Get_format_AVCodecContext_IntPointer;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;
import org.chromaprep.video.DecodingException;
import org.chromaprep.video.ffmpeg.FfmpegErrors;
import org.chromaprep.video.ffmpeg.FfmpegLog;
import org.chromaprep.video.frame.PlanarFrames;

/**
 * Has the pictures of one decoder made by the decoding unit of an NVIDIA card (NVDEC). The bitstream is parsed by the same code of
 * FFmpeg as without it, so that packets, time stamps and losses are accounted for alike; the pictures are fetched from the card and
 * laid out as those of the processor. H.264, HEVC, VP9 and AV1 define every number of them. One thread. Whoever opens one closes
 * it, after the decoder.
 */
final class CardDecoder implements AutoCloseable {
    private static final int AV_FRAME_CROP_UNALIGNED = 1;

    private final AVBufferRef device;
    // FFmpeg calls it as long as the decoder lives; nothing else keeps it from the collector.
    private final Choice choice = new Choice();
    private boolean refused;

    /** Which of the formats that a film can be decoded to is taken. */
    private final class Choice extends Get_format_AVCodecContext_IntPointer {
        @Override
        public int call(AVCodecContext context, IntPointer formats) {
            for (var i = 0L; formats.get(i) != avutil.AV_PIX_FMT_NONE; i++) {
                if (formats.get(i) == avutil.AV_PIX_FMT_CUDA) {
                    refused = false;
                    return avutil.AV_PIX_FMT_CUDA;
                }
            }
            refused = true;
            return avcodec.avcodec_default_get_format(context, formats);
        }
    }

    private CardDecoder(AVBufferRef device) {
        this.device = device;
    }

    /** Whether FFmpeg can have a codec's pictures made by such a card. */
    static boolean knows(AVCodec codec) {
        for (var i = 0; ; i++) {
            var config = avcodec.avcodec_get_hw_config(codec, i);
            if (config == null || config.isNull()) {
                return false;
            }
            if (config.device_type() == avutil.AV_HWDEVICE_TYPE_CUDA
                    && (config.methods() & avcodec.AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX) != 0) {
                return true;
            }
        }
    }

    /**
     * Opens the card.
     *
     * @throws DecodingException if there is none, or no driver
     */
    static CardDecoder open() {
        FfmpegLog.listen();
        FfmpegLog.forget();
        var device = new AVBufferRef(null);
        var code = avutil.av_hwdevice_ctx_create(
                device, avutil.AV_HWDEVICE_TYPE_CUDA, (String) null, (AVDictionary) null, 0);
        if (code < 0) {
            throw new DecodingException("There is no NVIDIA card to decode on, or its driver is missing ("
                    + FfmpegLog.complaints().orElseGet(() -> FfmpegErrors.describe(code))
                    + "); choose `decoder` software.");
        }
        return new CardDecoder(device);
    }

    /** Puts the card behind a decoder that is not open yet. */
    void attach(AVCodecContext decoder) {
        decoder.hw_device_ctx(avutil.av_buffer_ref(device));
        decoder.get_format(choice);
    }

    /** Whether the card does not decode pictures of this kind, so that the processor does. */
    boolean isRefused() {
        return refused;
    }

    /**
     * Fetches a frame from the card; leaves alone what is not there.
     *
     * @param decoder that made it
     * @throws DecodingException if the card fails
     * @throws OutOfMemoryError if there is none for the picture
     */
    void fetch(AVFrame frame, AVCodecContext decoder) {
        if (frame.format() != avutil.AV_PIX_FMT_CUDA) {
            return;
        }
        var fetched = avutil.av_frame_alloc();
        try {
            var code = avutil.av_hwframe_transfer_data(fetched, frame, 0);
            if (code < 0) {
                throw new DecodingException("The graphics card does not give a decoded picture back ("
                        + FfmpegLog.describe(code) + "); look at its driver's messages (dmesg), or choose `decoder`"
                        + " software.");
            }
            avutil.av_frame_copy_props(fetched, frame);
            // On the card, pictures are only cut on their right and at their bottom.
            avutil.av_frame_apply_cropping(fetched, AV_FRAME_CROP_UNALIGNED);
            avutil.av_frame_unref(frame);
            avutil.av_frame_move_ref(frame, fetched);
        } finally {
            avutil.av_frame_free(fetched);
        }
        if (decoder.sw_pix_fmt() != avutil.AV_PIX_FMT_NONE) {
            PlanarFrames.lay(frame, decoder.sw_pix_fmt());
        }
    }

    @Override
    public void close() {
        avutil.av_buffer_unref(device);
        choice.close();
    }
}

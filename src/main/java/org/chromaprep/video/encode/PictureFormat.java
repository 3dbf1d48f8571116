package org.chromaprep.video.encode;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.PlaneFormat;

/**
 * How an encoder's pictures are stored, and the colour tags that players read.
 *
 * <p>Encoders that can only lose take 8-bit 4:2:0 where they can, which every player shows, or else 10-bit 4:2:2, the
 * usual form of codecs for editing; lossless ones take what keeps RGB. Luma and chroma are those of BT.709, whatever the
 * size, and tagged so; the range is limited, but for encoders that know the full one only. JPEG has no tags and means
 * BT.601, so its pictures are that.
 *
 * @param pixelFormat FFmpeg's pixel format
 * @param rgb whether it stores R, G and B rather than luma and chroma
 * @param bt601 whether luma and chroma are BT.601's rather than BT.709's
 * @param fullRange whether black and white are 0 and 255 rather than 16 and 235
 * @param planes whose own meaning the numbers keep, of pictures that come as planes; empty for painted ones
 */
record PictureFormat(int pixelFormat, boolean rgb, boolean bt601, boolean fullRange, Optional<PlaneFormat> planes) {
    private static final int EDITING = avutil.AV_PIX_FMT_YUV422P10LE;
    private static final int PALETTE_OR_RGB = avutil.AV_PIX_FMT_FLAG_RGB | avutil.AV_PIX_FMT_FLAG_PAL;

    /** How an encoder stores the pictures of some settings. */
    static PictureFormat of(AVCodec encoder, EncoderSettings settings) {
        return settings.planes().map(planes -> ofPlanes(encoder, planes)).orElseGet(() -> of(encoder));
    }

    private static PictureFormat ofPlanes(AVCodec encoder, PlaneFormat planes) {
        var format = PlanePixels.formatOf(planes);
        var formats = EncoderOffers.of(encoder, avcodec.AV_CODEC_CONFIG_PIX_FORMAT);
        if (!formats.isEmpty() && !formats.contains(format)) {
            throw new IllegalArgumentException("The encoder " + encoder.name().getString() + " does not take "
                    + avutil.av_get_pix_fmt_name(format).getString() + "; choose another codec.");
        }
        return new PictureFormat(format, false, false, planes.colour().fullRange(), Optional.of(planes));
    }

    /** How an encoder stores painted pictures. */
    static PictureFormat of(AVCodec encoder) {
        var formats = EncoderOffers.of(encoder, avcodec.AV_CODEC_CONFIG_PIX_FORMAT);
        var format = choose(encoder, formats);
        var descriptor = avutil.av_pix_fmt_desc_get(format);
        var rgb = (descriptor.flags() & PALETTE_OR_RGB) != 0;
        var ranges = EncoderOffers.of(encoder, avcodec.AV_CODEC_CONFIG_COLOR_RANGE);
        return new PictureFormat(
                format,
                rgb,
                encoder.id() == avcodec.AV_CODEC_ID_MJPEG,
                rgb || !ranges.isEmpty() && !ranges.contains(avutil.AVCOL_RANGE_MPEG),
                Optional.empty());
    }

    // Lossless encoders keep numbers whatever they mean, and containers record ranges that their bitstreams cannot.
    void tag(AVCodec encoder, AVCodecContext context) {
        var ranges = EncoderOffers.of(encoder, avcodec.AV_CODEC_CONFIG_COLOR_RANGE);
        context.pix_fmt(pixelFormat)
                .color_primaries(primaries())
                .color_trc(transfer())
                .colorspace(matrix())
                .color_range(ranges.isEmpty() || ranges.contains(range()) ? range() : avutil.AVCOL_RANGE_UNSPECIFIED);
        if (!rgb) {
            context.chroma_sample_location(chromaLocation());
        }
    }

    void tag(AVCodecParameters parameters) {
        parameters.color_primaries(primaries());
        parameters.color_trc(transfer());
        parameters.color_space(matrix());
        parameters.color_range(range());
        if (!rgb) {
            parameters.chroma_location(chromaLocation());
        }
    }

    private int primaries() {
        return planes.map(each -> each.colour().primaries()).orElse(avutil.AVCOL_PRI_BT709);
    }

    private int transfer() {
        return planes.map(each -> each.colour().transfer()).orElse(avutil.AVCOL_TRC_BT709);
    }

    private int chromaLocation() {
        return planes.map(each -> each.colour().chromaLocation()).orElse(avutil.AVCHROMA_LOC_LEFT);
    }

    private int matrix() {
        if (planes.isPresent()) {
            return planes.get().colour().matrix();
        }
        return rgb ? avutil.AVCOL_SPC_RGB : bt601 ? avutil.AVCOL_SPC_BT470BG : avutil.AVCOL_SPC_BT709;
    }

    private int range() {
        return fullRange ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG;
    }

    private static int choose(AVCodec encoder, List<Integer> formats) {
        if (formats.isEmpty()) {
            return avutil.AV_PIX_FMT_YUV420P;
        }
        var properties = avcodec.avcodec_descriptor_get(encoder.id()).props();
        var lossy = (properties & avcodec.AV_CODEC_PROP_LOSSY) != 0;
        if (lossy && formats.contains(avutil.AV_PIX_FMT_YUV420P)) {
            return avutil.AV_PIX_FMT_YUV420P;
        }
        if (lossy && formats.contains(EDITING)) {
            return EDITING;
        }
        var list = formats.stream().mapToInt(Integer::intValue).toArray();
        var terminated = Arrays.copyOf(list, list.length + 1);
        terminated[list.length] = avutil.AV_PIX_FMT_NONE;
        return avcodec.avcodec_find_best_pix_fmt_of_list(terminated, avutil.AV_PIX_FMT_0RGB32(), 0, (int[]) null);
    }
}

package org.chromaprep.video.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;

/**
 * How a frame's numbers mean colours.
 *
 * @param format FFmpeg's pixel format
 * @param rgb whether they are red, green and blue, or a palette of such
 * @param standard the matrix between luma and RGB, as swscale numbers it
 * @param fullRange whether luma uses all values
 * @param transfer between light and numbers, as FFmpeg numbers it
 * @param wideGamut whether the primaries are BT.2020's; all others are close to BT.709's and count as these
 */
public record ColourFacts(int format, boolean rgb, int standard, boolean fullRange, int transfer, boolean wideGamut) {
    public static final ColourFacts NONE = new ColourFacts(-1, false, 0, false, 0, false);

    /** Films of high definition are BT.709 and others BT.601 where they do not say, as players assume. */
    private static final int HIGH_DEFINITION_WIDTH = 1280;

    private static final int STANDARD_DEFINITION_HEIGHT = 576;

    public static ColourFacts of(AVFrame frame) {
        var format = frame.format();
        AVPixFmtDescriptor descriptor = avutil.av_pix_fmt_desc_get(format);
        var name = descriptor.name().getString();
        var rgb = (descriptor.flags() & (avutil.AV_PIX_FMT_FLAG_RGB | avutil.AV_PIX_FMT_FLAG_PAL)) != 0;
        var grey = !rgb && descriptor.nb_components() <= 2;
        var range = frame.color_range();
        var full = rgb
                || range == avutil.AVCOL_RANGE_JPEG
                || range != avutil.AVCOL_RANGE_MPEG && (grey || name.startsWith("yuvj"));
        return new ColourFacts(
                format,
                rgb,
                standard(frame, rgb),
                full,
                frame.color_trc(),
                frame.color_primaries() == avutil.AVCOL_PRI_BT2020);
    }

    private static int standard(AVFrame frame, boolean rgb) {
        var declared = frame.colorspace();
        if (declared == avutil.AVCOL_SPC_BT709) {
            return swscale.SWS_CS_ITU709;
        }
        if (declared == avutil.AVCOL_SPC_BT2020_NCL || declared == avutil.AVCOL_SPC_BT2020_CL) {
            return swscale.SWS_CS_BT2020;
        }
        if (declared == avutil.AVCOL_SPC_SMPTE240M) {
            return swscale.SWS_CS_SMPTE240M;
        }
        var high = frame.width() >= HIGH_DEFINITION_WIDTH || frame.height() > STANDARD_DEFINITION_HEIGHT;
        return declared == avutil.AVCOL_SPC_UNSPECIFIED && high && !rgb ? swscale.SWS_CS_ITU709 : swscale.SWS_CS_ITU601;
    }

    /** Red's share of luma. */
    public double redShare() {
        return standard == swscale.SWS_CS_ITU709
                ? 0.2126
                : standard == swscale.SWS_CS_BT2020 ? 0.2627 : standard == swscale.SWS_CS_SMPTE240M ? 0.212 : 0.299;
    }

    /** Blue's share of luma. */
    public double blueShare() {
        return standard == swscale.SWS_CS_ITU709
                ? 0.0722
                : standard == swscale.SWS_CS_BT2020 ? 0.0593 : standard == swscale.SWS_CS_SMPTE240M ? 0.087 : 0.114;
    }

    public String formatName() {
        return avutil.av_get_pix_fmt_name(format).getString();
    }

    /** "rgb", or the matrix's name. */
    public String matrixName() {
        return rgb ? "rgb" : lumaMatrix();
    }

    /** The matrix between luma and RGB: "bt709", "bt601", "bt2020" or "smpte240m". */
    public String lumaMatrix() {
        return standard == swscale.SWS_CS_ITU709
                ? "bt709"
                : standard == swscale.SWS_CS_BT2020
                        ? "bt2020"
                        : standard == swscale.SWS_CS_SMPTE240M ? "smpte240m" : "bt601";
    }
}

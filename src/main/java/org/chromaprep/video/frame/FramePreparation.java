package org.chromaprep.video.frame;

import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;
import org.chromaprep.video.LightChoice;

/** Prepares the frames of one stream. The owner closes it. One thread. */
public final class FramePreparation implements AutoCloseable {
    private static final int AV_FRAME_FLAG_INTERLACED = 1 << 3;
    private static final int AV_FRAME_FLAG_TOP_FIELD_FIRST = 1 << 4;
    private static final int AV_FRAME_CROP_UNALIGNED = 1;
    private static final int CROP_NUMBERS = 4;
    /** Codecs that mark each interlaced frame themselves; of all others only the container can know. */
    private static final Set<Integer> MARKED = Set.of(
            avcodec.AV_CODEC_ID_H264,
            avcodec.AV_CODEC_ID_HEVC,
            avcodec.AV_CODEC_ID_MPEG1VIDEO,
            avcodec.AV_CODEC_ID_MPEG2VIDEO,
            avcodec.AV_CODEC_ID_MPEG4,
            avcodec.AV_CODEC_ID_VC1,
            avcodec.AV_CODEC_ID_WMV3,
            avcodec.AV_CODEC_ID_PRORES,
            avcodec.AV_CODEC_ID_DNXHD,
            avcodec.AV_CODEC_ID_FFV1);

    private final LightChoice choice;
    private final int[] crop;
    private final int fields;
    private final LightConverter light = new LightConverter();
    private final PackedFrames packed = new PackedFrames();

    /**
     * @param parameters what the container says of the stream
     * @param choice how its numbers are taken as light
     */
    public FramePreparation(AVCodecParameters parameters, LightChoice choice) {
        this.choice = choice;
        this.crop = crop(parameters);
        this.fields = MARKED.contains(parameters.codec_id()) ? 0 : fields(parameters.field_order());
    }

    private static int[] crop(AVCodecParameters parameters) {
        var numbers = new int[CROP_NUMBERS];
        if (parameters.nb_coded_side_data() > 0) {
            var data = avcodec.av_packet_side_data_get(
                    parameters.coded_side_data(), parameters.nb_coded_side_data(), avcodec.AV_PKT_DATA_FRAME_CROPPING);
            if (data != null && !data.isNull() && data.size() >= (long) CROP_NUMBERS * Integer.BYTES) {
                new IntPointer(data.data()).get(numbers);
            }
        }
        return numbers;
    }

    private static int fields(int order) {
        return order == avcodec.AV_FIELD_TT || order == avcodec.AV_FIELD_TB
                ? AV_FRAME_FLAG_INTERLACED | AV_FRAME_FLAG_TOP_FIELD_FIRST
                : order == avcodec.AV_FIELD_BB || order == avcodec.AV_FIELD_BT ? AV_FRAME_FLAG_INTERLACED : 0;
    }

    /**
     * Changes a frame in place.
     *
     * @param density whether the file says that it holds the densities of a printing negative
     */
    public void prepare(AVFrame frame, boolean density) {
        if ((frame.flags() & AV_FRAME_FLAG_INTERLACED) == 0 && fields != 0) {
            frame.flags(frame.flags() | fields);
        }
        cut(frame);
        packed.unpack(frame);
        light.show(frame, light(frame, density));
    }

    /** How a frame's numbers are taken as light, before {@link #prepare} has changed it. */
    public Light light(AVFrame frame, boolean density) {
        return Light.of(choice, frame.color_trc(), density);
    }

    /** Whether the film says how its numbers mean light; otherwise it is a guess, unless the user has chosen. */
    public boolean isKnown(Light what) {
        return choice != LightChoice.AUTO || what.isKnown();
    }

    private void cut(AVFrame frame) {
        long columns = (long) crop[2] + crop[3];
        long rows = (long) crop[0] + crop[1];
        if (columns + rows > 0 && columns < frame.width() && rows < frame.height()) {
            frame.crop_top(crop[0]).crop_bottom(crop[1]).crop_left(crop[2]).crop_right(crop[3]);
            avutil.av_frame_apply_cropping(frame, AV_FRAME_CROP_UNALIGNED);
        }
    }

    @Override
    public void close() {
        light.close();
        packed.close();
    }
}

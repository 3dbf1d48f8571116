package org.chromaprep.video.encode;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/** What encoders take. */
final class EncoderOffers {
    private EncoderOffers() {}

    /** What an encoder says that it takes of a kind; nothing where it takes anything. */
    static List<Integer> of(AVCodec encoder, int what) {
        try (var values = new PointerPointer<IntPointer>(1);
                var count = new IntPointer(1)) {
            values.put(0, (IntPointer) null);
            count.put(0);
            var list = new ArrayList<Integer>();
            if (avcodec.avcodec_get_supported_config(null, encoder, what, 0, values, count) >= 0) {
                var numbers = values.get(IntPointer.class, 0);
                for (var i = 0; numbers != null && i < count.get(); i++) {
                    list.add(numbers.get(i));
                }
            }
            return list;
        }
    }

    /** Whether an encoder gives back the very numbers that it was given. */
    static boolean isLossless(AVCodec encoder) {
        return (avcodec.avcodec_descriptor_get(encoder.id()).props() & avcodec.AV_CODEC_PROP_LOSSY) == 0;
    }
}

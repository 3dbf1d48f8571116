package org.chromaprep.video.encode;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** The video encoders of the bundled FFmpeg, found by name. */
public final class Encoders {
    /** Where FFmpeg's first choice for a codec is not the one to take: libaom is many times slower than SVT-AV1. */
    private static final Map<String, String> PREFERRED = Map.of("av1", "libsvtav1");

    private static final int NEAR_NAMES = 5;

    private Encoders() {}

    /**
     * The encoder of a name; for a codec's name its first encoder that is neither experimental nor bound to hardware.
     *
     * @throws IllegalArgumentException if there is none; the message lists names like it
     */
    public static AVCodec find(String name) {
        return byName(name)
                .or(() -> Optional.ofNullable(PREFERRED.get(name)).flatMap(Encoders::byName))
                .or(() -> byCodec(name))
                .orElseThrow(() -> new IllegalArgumentException("There is no video encoder \"" + name
                        + "\" in the bundled FFmpeg; names like it are " + near(name) + "."));
    }

    private static Optional<AVCodec> byName(String name) {
        return Optional.ofNullable(avcodec.avcodec_find_encoder_by_name(name)).filter(Encoders::isVideo);
    }

    private static Optional<AVCodec> byCodec(String name) {
        var found = new AVCodec[1];
        forEach(encoder -> {
            if (found[0] == null && codecName(encoder).equals(name) && isSoftware(encoder)) {
                found[0] = encoder;
            }
        });
        return Optional.ofNullable(found[0]);
    }

    private static String near(String name) {
        var names = new TreeSet<String>();
        forEach(encoder -> {
            names.add(encoder.name().getString());
            if (isSoftware(encoder)) {
                names.add(codecName(encoder));
            }
        });
        var distance = LevenshteinDistance.getDefaultInstance();
        return names.stream()
                .sorted(Comparator.comparingInt(candidate -> distance.apply(name, candidate)))
                .limit(NEAR_NAMES)
                .collect(Collectors.joining(", "));
    }

    private static void forEach(Consumer<AVCodec> action) {
        try (var state = new PointerPointer<Pointer>(1)) {
            state.put(0, (Pointer) null);
            for (var codec = avcodec.av_codec_iterate(state); codec != null; codec = avcodec.av_codec_iterate(state)) {
                if (avcodec.av_codec_is_encoder(codec) != 0 && isVideo(codec)) {
                    action.accept(codec);
                }
            }
        }
    }

    /** Whether an encoder works on a device that may not be there. */
    static boolean isOfHardware(AVCodec encoder) {
        return (encoder.capabilities() & avcodec.AV_CODEC_CAP_HARDWARE) != 0;
    }

    private static boolean isVideo(AVCodec codec) {
        return codec.type() == avutil.AVMEDIA_TYPE_VIDEO;
    }

    private static boolean isSoftware(AVCodec codec) {
        var unwanted = avcodec.AV_CODEC_CAP_HARDWARE | avcodec.AV_CODEC_CAP_HYBRID | avcodec.AV_CODEC_CAP_EXPERIMENTAL;
        return (codec.capabilities() & unwanted) == 0;
    }

    private static String codecName(AVCodec codec) {
        return avcodec.avcodec_get_name(codec.id()).getString();
    }
}

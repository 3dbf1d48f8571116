package org.chromaprep.video.encode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** The containers of the bundled FFmpeg, found by name or file ending. */
public final class Containers {
    /** The options that make a container friendlier: its index in front, so that it plays while it loads. */
    private static final Map<String, Map<String, String>> OPTIONS = Map.of(
            "mp4", Map.of("movflags", "+faststart"),
            "mov", Map.of("movflags", "+faststart"));

    /**
     * The options with which what is written so far can be played at any time: a piece for each picture, which goes to the
     * file when the next one says how long it lasts. That is some 120 bytes a picture in MP4, 30 in Matroska.
     */
    private static final Map<String, Map<String, String>> UNFINISHED = Map.of(
            "mp4", Map.of("movflags", "+frag_every_frame+empty_moov+default_base_moof"),
            "mov", Map.of("movflags", "+frag_every_frame+empty_moov+default_base_moof"),
            "matroska", Map.of("cluster_time_limit", "0"),
            "webm", Map.of("cluster_time_limit", "0"));

    private static final int NEAR_NAMES = 4;

    private Containers() {}

    /** NUT: the one container that keeps any time base, takes every codec and needs no index to be read. */
    static AVOutputFormat segmentFormat() {
        return avformat.av_guess_format("nut", null, null);
    }

    /**
     * @throws IllegalArgumentException if there is none; the message lists names like it
     */
    public static AVOutputFormat find(String name) {
        return Optional.ofNullable(avformat.av_guess_format(name, null, null))
                .or(() -> Optional.ofNullable(avformat.av_guess_format(null, "film." + name, null)))
                .filter(Containers::holdsFilms)
                .orElseThrow(() -> new IllegalArgumentException("There is no container \"" + name
                        + "\" for films in the bundled FFmpeg; names like it are " + near(name) + "."));
    }

    /**
     * @throws IllegalArgumentException if the container is unknown or cannot hold what the encoder makes
     */
    static void check(AVCodec encoder, String container) {
        var format = find(container);
        if (!takes(format, encoder.id())) {
            throw new IllegalArgumentException("The container " + container + " cannot hold "
                    + avcodec.avcodec_get_name(encoder.id()).getString()
                    + "; choose another codec, or mkv, which holds nearly every one.");
        }
    }

    /** Whether a container takes a codec, as far as it says so itself; writing its header is the last word. */
    static boolean takes(AVOutputFormat format, int codec) {
        // Matroska takes what WAV does by the same numbers, and does not say so.
        return isSaidToTake(format, codec)
                || format.name().getString().equals("matroska")
                        && isSaidToTake(avformat.av_guess_format("wav", null, null), codec);
    }

    private static boolean isSaidToTake(AVOutputFormat format, int codec) {
        return avformat.avformat_query_codec(format, codec, avcodec.FF_COMPLIANCE_NORMAL) != 0;
    }

    /**
     * Whether a container can know when each packet of sound is heard. AVI has no times, but counts packets, of as many samples
     * each, or bytes: where the codec has neither, a player would be seconds beside the pictures.
     */
    static boolean tellsTimes(AVOutputFormat format, AVCodecParameters sound) {
        return !JoinTimes.isNumbered(format.name().getString())
                || sound.frame_size() > 0
                || avcodec.av_get_audio_frame_duration2(sound, 0) > 0
                || sound.block_align() > 0 && sound.bit_rate() > 0
                || avcodec.av_get_exact_bits_per_sample(sound.codec_id()) > 0;
    }

    /**
     * Completes what a container without times must know of sound in blocks. By default its header's rate is the bit rate, which
     * encoders of ADPCM state wrongly, so that players run away from the pictures; a block's samples are exact.
     *
     * @param sound of the container's own stream; changed
     */
    static void stateBlocks(AVOutputFormat format, AVCodecParameters sound) {
        if (!JoinTimes.isNumbered(format.name().getString())
                || sound.codec_type() != avutil.AVMEDIA_TYPE_AUDIO
                || sound.frame_size() > 0
                || sound.block_align() <= 0) {
            return;
        }
        var stated = sound.bit_rate();
        // With a bit rate, FFmpeg would take that for the answer where a codec's blocks do not say.
        sound.bit_rate(0);
        var samples = avcodec.av_get_audio_frame_duration2(sound, sound.block_align());
        if (samples > 1) {
            sound.frame_size(samples).bit_rate((long) Byte.SIZE * sound.block_align() * sound.sample_rate() / samples);
        } else {
            sound.bit_rate(stated);
        }
    }

    static Map<String, String> options(AVOutputFormat format) {
        return OPTIONS.getOrDefault(format.name().getString(), Map.of());
    }

    /** The options of a container that is to be playable before it is finished. */
    static Map<String, String> unfinished(AVOutputFormat format) {
        return UNFINISHED.getOrDefault(format.name().getString(), Map.of());
    }

    private static boolean holdsFilms(AVOutputFormat format) {
        return format.video_codec() != avcodec.AV_CODEC_ID_NONE && (format.flags() & avformat.AVFMT_NOFILE) == 0;
    }

    private static String near(String name) {
        var names = new ArrayList<String>();
        try (var state = new PointerPointer<Pointer>(1)) {
            state.put(0, (Pointer) null);
            for (var format = avformat.av_muxer_iterate(state);
                    format != null;
                    format = avformat.av_muxer_iterate(state)) {
                if (holdsFilms(format)) {
                    names.add(format.name().getString());
                }
            }
        }
        names.add("mkv");
        var distance = LevenshteinDistance.getDefaultInstance();
        return names.stream()
                .sorted(Comparator.comparingInt(candidate -> distance.apply(name, candidate)))
                .limit(NEAR_NAMES)
                .collect(Collectors.joining(", "));
    }
}

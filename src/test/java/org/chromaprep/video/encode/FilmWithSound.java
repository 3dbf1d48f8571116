package org.chromaprep.video.encode;

import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.chromaprep.video.Rational;
import org.chromaprep.video.TrackSource;

/** A film of four seconds with sound as FFmpeg's own encoders write it, and its annotated video. */
record FilmWithSound(Path folder) {
    private static final int RATE = 44_100;
    private static final int SECONDS = 4;
    private static final int FRAMES_A_SECOND = 25;

    /**
     * Makes the film.
     *
     * @param codec of the sound, FFmpeg's number
     * @param language of the sound
     */
    Path write(int codec, String language) throws Exception {
        var film = folder.resolve("film.mkv");
        try (var recorder = new FFmpegFrameRecorder(film.toFile(), 64, 48, 1)) {
            recorder.setFormat("matroska");
            recorder.setVideoCodec(avcodec.AV_CODEC_ID_MPEG4);
            recorder.setFrameRate(FRAMES_A_SECOND);
            recorder.setAudioCodec(codec);
            recorder.setSampleFormat(
                    codec == avcodec.AV_CODEC_ID_ADPCM_MS ? avutil.AV_SAMPLE_FMT_S16 : avutil.AV_SAMPLE_FMT_S16P);
            recorder.setSampleRate(RATE);
            recorder.setAudioMetadata("language", language);
            recorder.start();
            try (var picture = new Frame(64, 48, Frame.DEPTH_UBYTE, 3);
                    var sound = new Frame()) {
                sound.sampleRate = RATE;
                sound.audioChannels = 1;
                for (var frame = 0; frame < SECONDS * FRAMES_A_SECOND; frame++) {
                    recorder.record(picture, avutil.AV_PIX_FMT_BGR24);
                    var samples = new short[RATE / FRAMES_A_SECOND];
                    for (var i = 0; i < samples.length; i++) {
                        samples[i] = (short) (10_000 * Math.sin(0.06 * (frame * samples.length + i)));
                    }
                    sound.samples = new ShortBuffer[] {ShortBuffer.wrap(samples)};
                    recorder.record(sound);
                }
            }
            recorder.stop();
        }
        return film;
    }

    private static EncoderSettings settings() {
        return new EncoderSettings("mpeg4", 64, 48, new Rational(1, 1000), new Rational(FRAMES_A_SECOND, 1), 1);
    }

    private Path segment() throws Exception {
        var segment = folder.resolve("000000.nut");
        try (var writer = VideoWriter.open(segment, settings())) {
            for (var frame = 0; frame < SECONDS * FRAMES_A_SECOND; frame++) {
                writer.write(new int[64 * 48], frame * 40L);
            }
            writer.finish();
        }
        return segment;
    }

    /** Joins pictures of the film's length with its sound. */
    JoinResult join(Path film, Path out, String container) throws Exception {
        return VideoJoiner.join(new JoinPlan(
                List.of(segment()),
                SECONDS * FRAMES_A_SECOND,
                settings(),
                OptionalLong.of(0),
                OptionalLong.empty(),
                Optional.of(TrackSource.whole(film)),
                out,
                container));
    }
}

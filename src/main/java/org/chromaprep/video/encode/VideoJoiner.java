package org.chromaprep.video.encode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.ffmpeg.FfmpegLog;
import org.chromaprep.video.source.SoundReader;

/**
 * Joins {@link VideoWriter}'s segments into one film without encoding again, with every frame's time as it was written, and
 * takes the source's sound along. Sound that cannot be had never costs the film: it is left out with a note. The film gets its
 * name only when it is whole.
 */
public final class VideoJoiner implements AutoCloseable {
    private final JoinPlan plan;
    private final BooleanSupplier unwanted;
    private final OutputFile file;
    private final SegmentReader pictures;
    private final Optional<JoinedSound> sound;
    private final List<String> notes = new ArrayList<>();
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVPacket held = avcodec.av_packet_alloc();
    private final AVRational timeBase;
    private long origin;

    private VideoJoiner(JoinPlan plan, BooleanSupplier unwanted) throws EncodingException {
        this.plan = plan;
        this.unwanted = unwanted;
        this.timeBase = avutil.av_make_q(plan.video().timeBase().numerator(), plan.video().timeBase().denominator());
        this.file = OutputFile.create(plan.out(), Containers.find(plan.container()));
        this.pictures = new SegmentReader(plan.segments());
        this.sound = sound(plan);
    }

    /**
     * Joins a film.
     *
     * @param plan with at least one segment
     * @throws IllegalArgumentException if the container is unknown
     * @throws EncodingException if a segment cannot be read, they lack a frame, or the film cannot be written
     */
    public static JoinResult join(JoinPlan plan) throws EncodingException {
        return join(plan, () -> false).orElseThrow();
    }

    /**
     * Joins a film unless nobody wants it any more; the file that it was to replace stays then.
     *
     * @param plan with at least one segment
     * @param unwanted asked before every picture whether to give up
     * @return empty if it was given up
     * @throws IllegalArgumentException if the container is unknown
     * @throws EncodingException if a segment cannot be read, they lack a frame, or the film cannot be written
     */
    public static Optional<JoinResult> join(JoinPlan plan, BooleanSupplier unwanted) throws EncodingException {
        var leftOut = new LinkedHashMap<Integer, String>();
        while (true) {
            try (var joiner = new VideoJoiner(plan, unwanted)) {
                return joiner.join(leftOut);
            } catch (JoinedSound.RefusedException refused) {
                // Each round has a stream less, and without any there is nothing to refuse.
                leftOut.put(refused.stream(), refused.getMessage());
            }
        }
    }

    private Optional<JoinResult> join(Map<Integer, String> leftOut) throws EncodingException, JoinedSound.RefusedException {
        FfmpegLog.forget();
        begin(leftOut);
        var frames = copy();
        if (unwanted.getAsBoolean()) {
            return Optional.empty();
        }
        if (frames != plan.frames()) {
            throw new EncodingException("The parts of the annotated video in " + plan.segments().get(0).getParent()
                    + " hold " + frames + " of " + plan.frames() + " frames; run again with --overwrite.");
        }
        check(file.end());
        file.complete();
        return Optional.of(new JoinResult(frames, sound.map(JoinedSound::streams).orElse(0), notes));
    }

    private Optional<JoinedSound> sound(JoinPlan from) {
        if (from.audio().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JoinedSound(new SoundReader(from.audio().get()), file, from.container(), notes));
        } catch (SourceException e) {
            notes.add("The sound was left out: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void begin(Map<Integer, String> leftOut) throws EncodingException {
        var format = Containers.find(plan.container());
        var video = file.addStream();
        avcodec.avcodec_parameters_copy(video.codecpar(), pictures.parameters());
        PictureFormat.of(Encoders.find(plan.video().codec()), plan.video()).tag(video.codecpar());
        video.codecpar().codec_tag(0);
        video.time_base(timeBase);
        video.avg_frame_rate(avutil.av_make_q(
                plan.video().frameRate().numerator(), plan.video().frameRate().denominator()));
        sound.ifPresent(each -> each.add(video.codecpar(), timeBase, leftOut));
        file.begin(Containers.options(format));
        var first = sound.filter(JoinedSound::waits).map(each -> each.heard(timeBase)).orElse(0L);
        origin = plan.origin().orElse(Math.min(0, first));
    }

    private long copy() throws EncodingException, JoinedSound.RefusedException {
        var frames = 0L;
        while (!unwanted.getAsBoolean() && pictures.read(packet, timeBase)) {
            packet.pts(packet.pts() - origin).dts(packet.dts() - origin);
            if (frames > 0) {
                writeHeld(packet.pts() - held.pts());
            }
            if (sound.isPresent()) {
                sound.get().writeUpTo(packet.pts() + origin, origin, timeBase);
            }
            avcodec.av_packet_move_ref(held, packet);
            frames++;
        }
        if (frames > 0) {
            var last = held.duration();
            writeHeld(plan.end().isPresent() ? plan.end().getAsLong() - origin - held.pts() : last);
        }
        if (sound.isPresent() && !unwanted.getAsBoolean()) {
            sound.get().writeUpTo(Long.MAX_VALUE, origin, timeBase);
            sound.get().finish();
        }
        return frames;
    }

    // A picture lasts until the next one, which is known only once that has been read.
    private void writeHeld(long duration) throws EncodingException, JoinedSound.RefusedException {
        held.stream_index(0).duration(Math.max(1, duration)).pos(-1);
        avcodec.av_packet_rescale_ts(held, timeBase, file.stream(0).time_base());
        check(file.write(held));
    }

    private void check(int code) throws EncodingException, JoinedSound.RefusedException {
        if (sound.isPresent()) {
            sound.get().check(code);
        } else {
            file.check(code);
        }
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        avcodec.av_packet_free(held);
        sound.ifPresent(JoinedSound::close);
        pictures.close();
        file.close();
    }
}

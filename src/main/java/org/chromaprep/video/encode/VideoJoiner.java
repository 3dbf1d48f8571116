package org.chromaprep.video.encode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.source.SoundReader;

/**
 * Joins {@link VideoWriter}'s segments into one film without encoding again, with every frame's time as it was written, and
 * copies the source's sound along. The film gets its name only when it is whole.
 */
public final class VideoJoiner implements AutoCloseable {
    private final JoinPlan plan;
    private final BooleanSupplier unwanted;
    private final OutputFile file;
    private final SegmentReader pictures;
    private final Optional<SoundReader> sound;
    private final Map<Integer, Integer> soundStreams = new HashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVPacket held = avcodec.av_packet_alloc();
    private final AVPacket soundPacket = avcodec.av_packet_alloc();
    private final AVRational timeBase;
    private boolean soundWaits;

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
        try (var joiner = new VideoJoiner(plan, unwanted)) {
            joiner.begin();
            var frames = joiner.copy();
            if (unwanted.getAsBoolean()) {
                return Optional.empty();
            }
            if (frames != plan.frames()) {
                throw new EncodingException("The parts of the annotated video in " + plan.segments().get(0).getParent()
                        + " hold " + frames + " of " + plan.frames() + " frames; run again with --overwrite.");
            }
            joiner.file.finish();
            return Optional.of(new JoinResult(frames, joiner.soundStreams.size(), joiner.notes));
        }
    }

    private Optional<SoundReader> sound(JoinPlan from) {
        if (from.audio().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SoundReader(from.audio().get()));
        } catch (SourceException e) {
            notes.add("The sound was left out: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void begin() throws EncodingException {
        var format = Containers.find(plan.container());
        var video = file.addStream();
        avcodec.avcodec_parameters_copy(video.codecpar(), pictures.parameters());
        PictureFormat.of(Encoders.find(plan.video().codec())).tag(video.codecpar());
        video.codecpar().codec_tag(0);
        video.time_base(timeBase);
        video.avg_frame_rate(avutil.av_make_q(
                plan.video().frameRate().numerator(), plan.video().frameRate().denominator()));
        if (sound.isPresent()) {
            for (var stream : sound.get().streams().entrySet()) {
                addSound(stream.getKey(), format.name().getString());
            }
        }
        file.begin(Containers.options(format));
    }

    private void addSound(int index, String container) {
        var parameters = sound.orElseThrow().streams().get(index);
        if (!Containers.takes(Containers.find(plan.container()), parameters.codec_id())) {
            notes.add("Sound stream " + index + " was left out, since the container " + container + " cannot hold "
                    + avcodec.avcodec_get_name(parameters.codec_id()).getString() + "; --container mkv can.");
            return;
        }
        soundStreams.put(index, 1 + soundStreams.size());
        var stream = file.addStream();
        avcodec.avcodec_parameters_copy(stream.codecpar(), parameters);
        stream.codecpar().codec_tag(0);
        stream.time_base(sound.orElseThrow().timeBase(index));
    }

    private long copy() throws EncodingException {
        var frames = 0L;
        while (!unwanted.getAsBoolean() && pictures.read(packet, timeBase)) {
            packet.pts(packet.pts() - plan.origin()).dts(packet.dts() - plan.origin());
            if (frames > 0) {
                writeHeld(packet.pts() - held.pts());
            }
            copySoundUpTo(packet.pts());
            avcodec.av_packet_move_ref(held, packet);
            frames++;
        }
        if (frames > 0) {
            var last = held.duration();
            writeHeld(plan.end().isPresent() ? plan.end().getAsLong() - plan.origin() - held.pts() : last);
        }
        copySoundUpTo(Long.MAX_VALUE);
        return frames;
    }

    // A picture lasts until the next one, which is known only once that has been read.
    private void writeHeld(long duration) throws EncodingException {
        held.stream_index(0).duration(Math.max(1, duration)).pos(-1);
        avcodec.av_packet_rescale_ts(held, timeBase, file.stream(0).time_base());
        file.check(file.write(held));
    }

    private void copySoundUpTo(long pts) throws EncodingException {
        while (nextSound()) {
            var from = sound.orElseThrow().timeBase(soundPacket.stream_index());
            var shift = avutil.av_rescale_q(plan.origin(), timeBase, from);
            if (pts != Long.MAX_VALUE && avutil.av_compare_ts(soundPacket.pts() - shift, from, pts, timeBase) > 0) {
                return;
            }
            var target = soundStreams.get(soundPacket.stream_index());
            soundPacket.pts(soundPacket.pts() - shift);
            if (soundPacket.dts() != avutil.AV_NOPTS_VALUE) {
                soundPacket.dts(soundPacket.dts() - shift);
            }
            avcodec.av_packet_rescale_ts(soundPacket, from, file.stream(target).time_base());
            soundPacket.stream_index(target).pos(-1);
            soundWaits = false;
            file.check(file.write(soundPacket));
        }
    }

    private boolean nextSound() {
        while (!soundWaits && sound.isPresent() && sound.get().read(soundPacket)) {
            soundWaits = soundStreams.containsKey(soundPacket.stream_index());
            if (!soundWaits) {
                avcodec.av_packet_unref(soundPacket);
            }
        }
        return soundWaits;
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        avcodec.av_packet_free(held);
        avcodec.av_packet_free(soundPacket);
        sound.ifPresent(SoundReader::close);
        pictures.close();
        file.close();
    }
}

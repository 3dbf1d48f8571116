package org.chromaprep.video.encode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.ffmpeg.FfmpegLog;
import org.chromaprep.video.source.TrackReader;

/**
 * Joins {@link VideoWriter}'s segments into one film without encoding again, and takes the source's sound, subtitles, chapters,
 * titles and time code along. What cannot be had of these never costs the film: it is left out with a note. Frames are shown when
 * they were written for, evenly spaced where only rounding hides that they are. The film gets its name only when it is whole.
 */
public final class VideoJoiner implements AutoCloseable {
    /** AVI's writer fills so many places at once with nothing, and fails at 60000. */
    private static final int MOST_EMPTY = 50_000;

    private static final int MANY = 1 << 12;

    private final JoinPlan plan;
    private final BooleanSupplier unwanted;
    private final OutputFile file;
    private final SegmentReader pictures;
    private final Optional<TrackReader> film;
    private final Optional<JoinedTracks> tracks;
    private final List<String> notes = new ArrayList<>();
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVPacket held = avcodec.av_packet_alloc();
    private final AVPacket nothing = avcodec.av_packet_alloc();
    private final AVRational timeBase;

    private VideoJoiner(JoinPlan plan, BooleanSupplier unwanted) throws EncodingException {
        this.plan = plan;
        this.unwanted = unwanted;
        this.timeBase = avutil.av_make_q(
                plan.video().timeBase().numerator(), plan.video().timeBase().denominator());
        this.file = OutputFile.create(plan.out(), Containers.find(plan.container()));
        this.pictures = new SegmentReader(plan.segments());
        this.film = open(plan);
        this.tracks = film.map(each -> new JoinedTracks(each, file, plan.container(), notes));
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
        var times = times(plan, unwanted);
        if (times.length != plan.frames() && !unwanted.getAsBoolean()) {
            throw new EncodingException("The parts of the annotated video in "
                    + plan.segments().get(0).getParent() + " hold " + times.length + " of " + plan.frames()
                    + " frames; run again with `overwrite`.");
        }
        var leftOut = new LinkedHashMap<Integer, String>();
        while (!unwanted.getAsBoolean()) {
            try (var joiner = new VideoJoiner(plan, unwanted)) {
                return joiner.join(times, leftOut);
            } catch (JoinedTracks.RefusedException refused) {
                // Each round has a stream less, and without any there is nothing to refuse.
                leftOut.put(refused.stream(), refused.getMessage());
            }
        }
        return Optional.empty();
    }

    // Whether pictures are evenly spaced is known before the first is written only if all have been looked at.
    private static long[] times(JoinPlan plan, BooleanSupplier unwanted) throws EncodingException {
        var times = new long[MANY];
        var count = 0;
        try (var segments = new SegmentReader(plan.segments());
                var packet = avcodec.av_packet_alloc();
                var timeBase = avutil.av_make_q(
                        plan.video().timeBase().numerator(),
                        plan.video().timeBase().denominator())) {
            while (!unwanted.getAsBoolean() && segments.read(packet, timeBase)) {
                times = count < times.length ? times : Arrays.copyOf(times, 2 * count);
                times[count++] = packet.pts();
                avcodec.av_packet_unref(packet);
            }
        }
        return Arrays.copyOf(times, count);
    }

    private Optional<JoinResult> join(long[] times, Map<Integer, String> leftOut)
            throws EncodingException, JoinedTracks.RefusedException {
        FfmpegLog.forget();
        var video = file.addStream();
        avcodec.avcodec_parameters_copy(video.codecpar(), pictures.parameters());
        PictureFormat.of(Encoders.find(plan.video().codec()), plan.video()).tag(video.codecpar());
        video.codecpar().codec_tag(0);
        tracks.ifPresent(each -> each.add(video.codecpar(), timeBase, leftOut));
        var first = tracks.flatMap(each -> each.begin(timeBase)).orElse(0L);
        var origin = plan.origin().orElse(Math.min(0, first));
        var facts = new JoinedFacts(plan, film, notes);
        if (times.length > 0) {
            var shown = JoinTimes.of(times, plan.video(), origin, format());
            describe(video, shown);
            facts.tell(file, video, shown, times[0], origin);
            file.begin(Containers.options(Containers.find(plan.container())));
            copy(shown, times, origin);
            if (shown.isMoved()) {
                notes.add("The container " + plan.container()
                        + " knows one rate only: pictures, which are not evenly spaced, are shown" + " at the nearest "
                        + shown.rate().numerator() + "th of a second; `container` mkv or mp4 keeps their times.");
            }
        } else {
            file.begin(Containers.options(Containers.find(plan.container())));
        }
        if (unwanted.getAsBoolean()) {
            return Optional.empty();
        }
        check(file.end());
        file.complete();
        facts.check();
        return Optional.of(
                new JoinResult(times.length, tracks.map(JoinedTracks::sounds).orElse(0), notes));
    }

    private Optional<TrackReader> open(JoinPlan from) {
        if (from.tracks().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TrackReader(from.tracks().get()));
        } catch (SourceException e) {
            notes.add("The sound was left out: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void describe(AVStream video, JoinTimes shown) {
        var aspect = plan.video().pixelAspect();
        video.time_base(shown.timeBase());
        video.avg_frame_rate(
                avutil.av_make_q(shown.rate().numerator(), shown.rate().denominator()));
        video.sample_aspect_ratio(avutil.av_make_q(aspect.numerator(), aspect.denominator()));
        video.codecpar().sample_aspect_ratio(video.sample_aspect_ratio());
    }

    private String format() {
        return Containers.find(plan.container()).name().getString();
    }

    private void copy(JoinTimes shown, long[] times, long origin)
            throws EncodingException, JoinedTracks.RefusedException {
        for (var index = 0;
                index < times.length && !unwanted.getAsBoolean() && pictures.read(packet, timeBase);
                index++) {
            packet.pts(shown.at(index)).dts(shown.at(index));
            if (index > 0) {
                writeHeld(shown, packet.pts());
            }
            if (tracks.isPresent()) {
                tracks.get().writeUpTo(times[index], origin, timeBase);
            }
            avcodec.av_packet_move_ref(held, packet);
        }
        if (unwanted.getAsBoolean()) {
            return;
        }
        writeHeld(shown, held.pts() + shown.last(plan.end()));
        if (tracks.isPresent()) {
            tracks.get().writeUpTo(Long.MAX_VALUE, origin, timeBase);
            tracks.get().finish();
        }
    }

    // A picture lasts until the next one, which is known only once that has been read.
    private void writeHeld(JoinTimes shown, long end) throws EncodingException, JoinedTracks.RefusedException {
        var from = held.pts();
        held.stream_index(0).duration(Math.max(1, end - from)).pos(-1);
        avcodec.av_packet_rescale_ts(held, shown.timeBase(), file.stream(0).time_base());
        check(file.write(held));
        for (var at = from + MOST_EMPTY; JoinTimes.isNumbered(format()) && at < end; at += MOST_EMPTY) {
            avcodec.av_new_packet(nothing, 0);
            nothing.stream_index(0).pts(at).dts(at).duration(1);
            check(file.write(nothing));
        }
    }

    private void check(int code) throws EncodingException, JoinedTracks.RefusedException {
        if (tracks.isPresent()) {
            tracks.get().check(code);
        } else {
            file.check(code);
        }
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        avcodec.av_packet_free(held);
        avcodec.av_packet_free(nothing);
        tracks.ifPresent(JoinedTracks::close);
        film.ifPresent(TrackReader::close);
        pictures.close();
        file.close();
    }
}

package org.chromaprep.video.source;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.Timeline;

/**
 * Film time: seconds since the first picture, which never stand still, run back or jump although a film's own clock may.
 *
 * <p>Packets are seen in decoding order, in which their decoding times rise. A time that falls back, or in containers whose
 * clocks are known to jump one that leaps ahead, begins another <em>stretch</em>; its first picture follows the last one of
 * the stretch before by that one's duration. A picture whose time stamp is not after the picture before gets a time behind it,
 * and if that continues, the clock is set anew.
 */
final class FilmClock {
    /** A decoding time that falls back further than so many seconds is another clock's. */
    private static final double BACK = 0.2;
    /** A longer gap, in seconds, in a container whose clock may jump is a jump, as other programs take it, too. */
    static final double AHEAD = 10;

    private static final int MOST_KEPT = 256;

    private final Rules rules;
    private final double tick;
    private final long frameTicks;
    private final List<Stretch> stretches = new ArrayList<>();
    private OptionalLong lastOrder = OptionalLong.empty();
    private OptionalLong lastFilm = OptionalLong.empty();
    private long lastDuration;
    private boolean pushed;
    private Stretch current;
    private Optional<String> remark = Optional.empty();

    /**
     * How a container's clock may behave.
     *
     * @param restarts whether it may fall back
     * @param jumps whether it may leap ahead
     * @param round seconds after which its counter runs over; infinity if it does not
     */
    record Rules(boolean restarts, boolean jumps, double round) {
        /** Of indexes, which cannot jump, and of networks, whose clocks {@link LiveClock} follows. */
        static final Rules STEADY = new Rules(false, false, Double.POSITIVE_INFINITY);

        /** Whether a step in decoding time, in seconds, is no gap but another clock's. */
        boolean isJump(double step) {
            return restarts && step < -BACK || jumps && step > AHEAD;
        }

        /** The shorter way round. */
        double shortest(double step) {
            return Double.isInfinite(round) ? step : Math.IEEEremainder(step, round);
        }
    }

    /** A stretch as it grows; time stamps in ticks. */
    private static final class Stretch {
        private final long firstPacket;
        private final double step;
        private long lost = Long.MAX_VALUE;
        private long from = Long.MAX_VALUE;
        private long to = Long.MIN_VALUE;
        private OptionalLong shift = OptionalLong.empty();

        Stretch(long firstPacket, double step) {
            this.firstPacket = firstPacket;
            this.step = step;
        }

        private void cover(long time, long duration) {
            from = Math.min(from, time);
            to = Math.max(to, time + duration);
        }
    }

    /**
     * @param tick seconds of the time stamps' unit
     * @param frameSeconds a picture's usual duration
     * @param start the time stamp of second 0; empty for the first picture's
     */
    FilmClock(Rules rules, double tick, double frameSeconds, OptionalLong start) {
        this.rules = rules;
        this.tick = tick;
        this.frameTicks = Math.max(1, Math.round(frameSeconds / tick));
        this.lastDuration = frameTicks;
        this.current = new Stretch(0, 0);
        start.ifPresent(pts -> current.shift = OptionalLong.of(-pts));
        stretches.add(current);
    }

    /** A time stamp, unless it is FFmpeg's sign for none. */
    static OptionalLong known(long pts) {
        return pts == avutil.AV_NOPTS_VALUE() ? OptionalLong.empty() : OptionalLong.of(pts);
    }

    /**
     * A packet goes to the decoder.
     *
     * @param packet as it was read
     * @param order its place in time among the packets, where that is known: its decoding time
     */
    void sent(SentPacket packet, OptionalLong order) {
        if (order.isPresent()) {
            var step = (order.getAsLong() - lastOrder.orElse(order.getAsLong())) * tick;
            if (rules.isJump(step)) {
                stretches.add(new Stretch(packet.number(), rules.shortest(step)));
            }
            lastOrder = order;
        }
        if (packet.pts().isPresent() && packet.shown()) {
            last().cover(packet.pts().getAsLong(), packet.duration() > 0 ? packet.duration() : frameTicks);
        }
    }

    private Stretch last() {
        return stretches.get(stretches.size() - 1);
    }

    private Stretch of(long packet) {
        var index = stretches.size() - 1;
        while (index > 0 && packet < stretches.get(index).firstPacket) {
            index--;
        }
        return stretches.get(index);
    }

    /**
     * Film time of the next picture shown.
     *
     * @param packet the number of the packet that it came from
     * @param duration in ticks; 0 where unknown
     */
    double shown(long packet, OptionalLong pts, long duration) {
        var stretch = of(packet);
        remark = stretch == current || stretch.step == 0
                ? Optional.empty()
                : Optional.of("the film's own clock jumps by " + seconds(stretch.step) + " here; film time continues");
        current = stretch;
        var film = lastFilm.isPresent() ? lastFilm.getAsLong() + lastDuration : 0;
        if (pts.isPresent()) {
            var time = pts.getAsLong();
            anchor(stretch, time);
            stretch.cover(time, frameTicks);
            film = time + stretch.shift.getAsLong();
            if (lastFilm.isPresent() && film <= lastFilm.getAsLong()) {
                film = behind(packet, time, film);
            } else {
                pushed = false;
            }
        }
        lastFilm = OptionalLong.of(film);
        lastDuration = duration > 0 ? duration : frameTicks;
        return film * tick;
    }

    /** Whether what it remembers is little enough to be kept: of a film whose clock jumps all the time, it is not. */
    boolean isKeepable() {
        return stretches.size() <= MOST_KEPT;
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(stretches.size());
        for (var each : stretches) {
            out.writeLong(each.firstPacket);
            out.writeDouble(each.step);
            out.writeLong(each.lost);
            out.writeLong(each.from);
            out.writeLong(each.to);
            Keeping.write(out, each.shift);
        }
        out.writeInt(stretches.indexOf(current));
        Keeping.write(out, lastOrder);
        Keeping.write(out, lastFilm);
        out.writeLong(lastDuration);
        out.writeBoolean(pushed);
    }

    /** Takes over what another one has saved. */
    void restore(DataInput in) throws IOException {
        stretches.clear();
        for (var left = in.readInt(); left > 0; left--) {
            var stretch = new Stretch(in.readLong(), in.readDouble());
            stretch.lost = in.readLong();
            stretch.from = in.readLong();
            stretch.to = in.readLong();
            stretch.shift = Keeping.number(in);
            stretches.add(stretch);
        }
        current = stretches.get(in.readInt());
        lastOrder = Keeping.number(in);
        lastFilm = Keeping.number(in);
        lastDuration = in.readLong();
        pushed = in.readBoolean();
    }

    /** Whether a time stamp is the one that the next picture is to have by those before it. */
    boolean awaits(long packet, long pts) {
        var stretch = of(packet);
        return stretch.shift.isPresent()
                && lastFilm.isPresent()
                && Math.abs(pts + stretch.shift.getAsLong() - lastFilm.getAsLong() - lastDuration) <= frameTicks / 4;
    }

    // Pictures of a stretch that could not be decoded came before its first one.
    private void anchor(Stretch stretch, long time) {
        if (stretch.shift.isEmpty()) {
            var next = lastFilm.isPresent() ? lastFilm.getAsLong() + lastDuration : 0;
            stretch.shift = OptionalLong.of(next - Math.min(time, stretch.lost));
        }
    }

    private long behind(long packet, long time, long film) {
        var before = lastFilm.getAsLong();
        remark = Optional.of(
                "its time stamp is " + seconds((before - film) * tick) + " before that of the frame before");
        if (!pushed) {
            pushed = true;
            return before + Math.max(1, frameTicks / 2);
        }
        var anew = new Stretch(packet, 0);
        anew.cover(time, frameTicks);
        anew.shift = OptionalLong.of(before + frameTicks - time);
        stretches.add(anew);
        current = anew;
        return before + frameTicks;
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.3f s", value);
    }

    /** The number of the stretch that the packet sent last belongs to. */
    int stretch() {
        return stretches.size() - 1;
    }

    /** What is odd about the time of the picture shown last. */
    Optional<String> remark() {
        return remark;
    }

    /** A packet gives no picture; its film time as far as known. */
    OptionalDouble lost(long packet, OptionalLong pts) {
        if (pts.isEmpty()) {
            return OptionalDouble.empty();
        }
        var stretch = of(packet);
        var next = lastFilm.isPresent() ? lastFilm.getAsLong() + lastDuration : 0;
        if (stretch.shift.isEmpty()) {
            stretch.lost = Math.min(stretch.lost, pts.getAsLong());
        }
        return OptionalDouble.of((pts.getAsLong() + stretch.shift.orElse(next - stretch.lost)) * tick);
    }

    /** When the picture shown last began, in film seconds; 0 before the first. */
    double begin() {
        return lastFilm.orElse(0) * tick;
    }

    /** Where the picture shown last ends, in film seconds; 0 before the first. */
    double end() {
        return lastFilm.isPresent() ? (lastFilm.getAsLong() + lastDuration) * tick : 0;
    }

    /** Where all pictures have ended, once there are no more: durations are steps from packet to packet, not from picture to picture. */
    double endOfAll() {
        var stretch = last();
        return stretch.shift.isPresent() ? Math.max(end(), (stretch.to + stretch.shift.getAsLong()) * tick) : end();
    }

    /** The time stamp of second 0; 0 where there are none. */
    long startPts() {
        return -stretches.get(0).shift.orElse(0);
    }

    /** How often the clock jumped. */
    long jumps() {
        return stretches.stream().filter(stretch -> stretch.step != 0).count();
    }

    Timeline timeline() {
        return new Timeline(stretches.stream()
                .filter(stretch -> stretch.shift.isPresent() && stretch.from <= stretch.to)
                .map(stretch ->
                        new Timeline.Stretch(stretch.from * tick, stretch.to * tick, stretch.shift.getAsLong() * tick))
                .toList());
    }
}

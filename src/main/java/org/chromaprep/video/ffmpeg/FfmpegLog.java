package org.chromaprep.video.ffmpeg;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * What FFmpeg complains of, kept for the thread that called it instead of being printed. FFmpeg knows one listener for the
 * whole process, so this is the only one; complaints from FFmpeg's own threads are dropped.
 */
public final class FfmpegLog {
    private static final int MOST = 3;
    private static final int LONGEST = 160;
    private static final Pattern WHO = Pattern.compile("\\[([^\\]]{1,80}) @ 0x(\\p{XDigit}{1,16})\\] ?");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\s]+");
    private static final ThreadLocal<Set<Complaint>> HEARD = new ThreadLocal<>();
    private static final Listener LISTENER = new Listener();
    /** Contexts by their addresses, and whether they have complained. */
    private static final Map<Long, Boolean> WATCHED = new ConcurrentHashMap<>();

    /**
     * A complaint.
     *
     * @param who FFmpeg's name of the part that complains, such as a container's; empty where it says none
     * @param text without addresses and control characters
     */
    private record Complaint(String who, String text) {}

    private FfmpegLog() {}

    /** Takes over what FFmpeg has to say; to be called before anything that may complain. */
    public static void listen() {
        avutil.setLogCallback(LISTENER);
        avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    }

    /** Forgets the complaints of this thread; they are collected only for threads that have called this. */
    public static void forget() {
        HEARD.set(new LinkedHashSet<>());
    }

    /** Watches whether a context of FFmpeg's complains, on whatever thread, until {@link #unwatch}. */
    public static void watch(Pointer context) {
        WATCHED.put(context.address(), false);
    }

    /** Whether a context that is watched has complained since. */
    public static boolean hasComplained(Pointer context) {
        return WATCHED.getOrDefault(context.address(), false);
    }

    /** Ends what {@link #watch} began; called before the context is freed. */
    public static void unwatch(Pointer context) {
        WATCHED.remove(context.address());
    }

    /** An error number in words, and the first complaints since {@link #forget}, which say more than the number does. */
    public static String describe(int code) {
        var description = FfmpegErrors.describe(code);
        return complaints().map(complaints -> description + ": " + complaints).orElse(description);
    }

    /** The first complaints since {@link #forget}, without addresses and control characters. */
    public static Optional<String> complaints() {
        return joined(complaint -> true);
    }

    /** The first complaints of one part of FFmpeg since {@link #forget}, by its name. */
    public static Optional<String> complaintsOf(String who) {
        return joined(complaint -> complaint.who().equals(who));
    }

    private static Optional<String> joined(Predicate<Complaint> wanted) {
        var complaints = HEARD.get();
        return Optional.ofNullable(complaints)
                .map(all -> all.stream()
                        .filter(wanted)
                        .map(Complaint::text)
                        .distinct()
                        .collect(Collectors.joining("; ")))
                .filter(text -> !text.isEmpty());
    }

    private static Complaint plain(String message) {
        var who = WHO.matcher(message);
        var name = who.lookingAt() ? who.group(1) : "";
        return new Complaint(name, text(message));
    }

    private static String text(String message) {
        var text = UNPRINTABLE
                .matcher(WHO.matcher(message).replaceAll(""))
                .replaceAll(" ")
                .strip();
        var cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return cut.endsWith(".") ? cut.substring(0, cut.length() - 1) : cut;
    }

    private static void notice(String message) {
        var who = WHO.matcher(message);
        if (who.lookingAt()) {
            WATCHED.computeIfPresent(Long.parseUnsignedLong(who.group(2), 16), (context, before) -> true);
        }
    }

    /** Called by FFmpeg from any thread, in the middle of its work: it must never throw, nor call FFmpeg. */
    private static final class Listener extends LogCallback {
        @Override
        public void call(int level, BytePointer message) {
            try {
                if (!WATCHED.isEmpty()) {
                    notice(message.getString());
                }
                var complaints = HEARD.get();
                if (complaints != null && complaints.size() < MOST) {
                    var complaint = plain(message.getString());
                    if (!complaint.text().isEmpty()) {
                        complaints.add(complaint);
                    }
                }
            } catch (Throwable inNativeCode) {
                // A complaint less is no harm; an exception that crosses C code would be.
                return;
            }
        }
    }
}

package org.chromaprep.video.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.chromaprep.video.ReadResult.LostFrame;
import org.chromaprep.video.container.FileEnd;

/**
 * Decides whether a film's end is missing, by what the container claims and what was found: the best claim there is about this
 * stream, then what the file's bytes say of its end, then where the sound ends. No share of the film's length counts as
 * nothing.
 */
final class EndJudge {
    /** An index can claim any number of frames; no more of them than this are reported one by one. */
    private static final long MOST_LINES = 100_000;
    /** Streams lie beside each other within so many seconds: one that ends earlier than another by more ended by itself. */
    private static final double INTERLEAVING = 2;
    /** How far rounded time stamps of sound may be from a claim about it. */
    private static final double ROUNDING = 0.1;

    private final Claims claims;
    private final Found found;
    private final Map<String, String> believed = new LinkedHashMap<>();
    private final List<LostFrame> losses = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private OptionalDouble held = OptionalDouble.empty();

    /**
     * What was found in a film that has been read to its end.
     *
     * @param packets of pictures
     * @param units pictures by the container's own count, those left empty included
     * @param failures of the container, and pictures that it did not deliver, which have lines already
     * @param pictures what the pictures' time stamps cover, by the film's own clock
     * @param others where other streams end
     * @param all what all streams cover
     * @param file what the bytes say
     * @param complaint what the container complained of after the last picture, or a sign that this one is cut
     * @param jumps how often the film's clock jumped
     * @param frameSeconds a picture's usual duration
     * @param end where the pictures end in film time
     */
    record Found(
            long packets,
            long units,
            long failures,
            Reach.Span pictures,
            OptionalDouble others,
            Reach.Span all,
            FileEnd file,
            Optional<String> complaint,
            long jumps,
            double frameSeconds,
            double end) {
        private boolean isWhole() {
            return file instanceof FileEnd.Whole && complaint.isEmpty();
        }
    }

    private EndJudge(Claims claims, Found found) {
        this.claims = claims;
        this.found = found;
    }

    /** The sentence. */
    record Judgement(List<LostFrame> losses, Map<String, String> believed, List<String> notes, OptionalDouble held) {}

    static Judgement judge(Claims claims, Found found) {
        var judge = new EndJudge(claims, found);
        judge.decide();
        return new Judgement(judge.losses, judge.believed, judge.notes, judge.held);
    }

    private void decide() {
        believed.put(
                "file",
                "it " + found.file().found()
                        + found.complaint().map(said -> "; " + said).orElse(""));
        believed.put("pictures", found.packets() + " packets, " + span(found.pictures()));
        found.others().ifPresent(end -> believed.put("other streams", "end at " + seconds(end)));
        if (isIndexed()) {
            count("its index", claims.index().orElse(0), found.packets());
            if (losses.isEmpty()
                    && found.file() instanceof FileEnd.Cut
                    && claims.own().isPresent()) {
                time(claims.ownName(), claims.own().getAsDouble());
            }
        } else if (claims.frames().isPresent()) {
            count("its header", claims.frames().getAsLong(), found.units());
        } else if (found.jumps() > 0) {
            believed.put("claim", "its clock jumps, so that what it claims is about a part of it");
            unclaimed();
        } else if (claims.own().isPresent()) {
            time(claims.ownName(), claims.own().getAsDouble());
        } else if (claims.whole().isPresent()) {
            longest(claims.wholeName(), claims.whole().getAsDouble());
        } else {
            believed.put("claim", "its container claims no length");
            unclaimed();
        }
        believed.put(
                "end", losses.isEmpty() ? "nothing is missing" : losses.get(0).reason());
    }

    // An index in parts has no more of a file that is cut than the file has; a header's count was there first.
    private boolean isIndexed() {
        var entries = claims.index().orElse(0);
        return entries > 0
                && (claims.frames().isEmpty() || entries >= found.packets() && !(found.file() instanceof FileEnd.Cut));
    }

    private void count(String who, long claimed, long read) {
        believed.put("claim", claimed + " frames, by " + who);
        var missing = claimed - read - found.failures();
        if (missing > MOST_LINES) {
            lose("the file ends before " + missing + " frames of " + who);
            return;
        }
        for (var frame = 0L; frame < missing; frame++) {
            losses.add(new LostFrame(
                    OptionalDouble.of(found.end() + frame * found.frameSeconds()),
                    OptionalLong.empty(),
                    "the file ends before this frame of " + who));
        }
    }

    // Writers count from 0 or from the first picture.
    private void time(String who, double claimed) {
        believed.put("claim", seconds(claimed) + ", by " + who);
        var missing = claimed - Math.max(found.pictures().to(), found.pictures().length());
        if (missing < found.frameSeconds() / 2) {
            return;
        }
        if (found.isWhole()) {
            // All that there is has been read, so that the last picture is meant to stay.
            held = OptionalDouble.of(found.end() + missing);
            return;
        }
        lose(missing, who, claimed);
    }

    private void longest(String who, double claimed) {
        believed.put("claim", seconds(claimed) + " for its longest stream, by " + who);
        var all = found.all();
        var explained = Math.max(all.to(), all.length()) > claimed - Math.max(ROUNDING, found.frameSeconds() / 2);
        var missing = claimed - Math.max(found.pictures().to(), found.pictures().length());
        var endedBefore = found.others().isPresent()
                && found.others().getAsDouble() > found.pictures().to() + INTERLEAVING;
        if (explained || found.isWhole() || missing < found.frameSeconds() / 2) {
            return;
        }
        if (endedBefore && found.complaint().isEmpty()) {
            notes.add("The film is cut off in its sound, which continues to "
                    + seconds(found.others().getAsDouble()) + "; its pictures end before, at "
                    + seconds(found.pictures().to()) + ".");
            return;
        }
        lose(missing, who, claimed);
    }

    private void unclaimed() {
        var outlasted = found.others().isPresent()
                && found.others().getAsDouble() > found.pictures().to() + INTERLEAVING;
        if (found.file() instanceof FileEnd.Cut || found.complaint().isPresent()) {
            var why = found.file() instanceof FileEnd.Cut cut
                    ? "the film " + cut.found()
                    : found.complaint().orElseThrow();
            lose(why
                    + (outlasted
                            ? "; its sound continues to "
                                    + seconds(found.others().getAsDouble()) + ", its pictures to "
                                    + seconds(found.pictures().to())
                            : "; how much is missing it does not say"));
        } else if (outlasted) {
            notes.add("The film's sound or text continues to "
                    + seconds(found.others().getAsDouble()) + ", its pictures to "
                    + seconds(found.pictures().to())
                    + " of its own clock; its container does not say whether pictures are missing.");
        }
    }

    private void lose(double missing, String who, double claimed) {
        lose(String.format(
                Locale.ROOT,
                "%s says %s but the pictures end at %s: %.3f s or about %d frames are missing, and the film %s",
                who,
                seconds(claimed),
                seconds(Math.max(found.pictures().to(), found.pictures().length())),
                missing,
                Math.max(1, Math.round(missing / found.frameSeconds())),
                found.file().found()));
    }

    private void lose(String reason) {
        losses.add(new LostFrame(OptionalDouble.of(found.end()), OptionalLong.empty(), reason));
    }

    private static String span(Reach.Span span) {
        return "from " + seconds(span.from()) + " to " + seconds(span.to());
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.3f s", value);
    }
}

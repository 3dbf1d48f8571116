package org.chromaprep.video.survey;

import java.util.Locale;
import java.util.Optional;
import org.chromaprep.video.source.FieldWay;

/**
 * What was found of a film's fields: what its frames are marked as, and what FFmpeg's idet measured in runs of them.
 *
 * @param marked whether frames are marked as interlaced
 * @param upperFirst frames whose lines belong to two times, the upper ones to the earlier
 * @param lowerFirst the same with the lower ones
 * @param progressive frames whose lines belong to one time
 * @param undetermined frames in which nothing moves
 * @param repeated fields that are those of the frame before
 * @param nextUpper how rough frames are whose upper field is the next one's, over how rough they are as they are
 * @param nextLower the same with the lower field
 */
public record FieldsFound(
        boolean marked,
        int upperFirst,
        int lowerFirst,
        int progressive,
        int undetermined,
        int repeated,
        double nextUpper,
        double nextLower) {
    /** Nothing was measured. */
    static final FieldsFound NONE = marked(false);

    /** Fewer frames that say something prove nothing. */
    private static final int ENOUGH = 12;
    /** Interlaced film is so in nearly all frames that move, and the same field is always the first. */
    private static final double INTERLACED = 0.7;

    private static final double ONE_FIELD = 0.9;
    /** The time between the later field and the next frame's is that between a frame's own; the other is three times as long. */
    private static final double AS_ROUGH = 1.9;

    private static final double ROUGHER = 1.2;
    /** Of film that was spread over television's fields by 2 and 3, two frames of five have lines of two times. */
    private static final double TELECINE_COMBED = 0.25;
    /** And of ten fields, two come twice. */
    private static final double TELECINE_REPEATED = 0.2;

    static FieldsFound marked(boolean marked) {
        return new FieldsFound(marked, 0, 0, 0, 0, 0, 0, 0);
    }

    private int combed() {
        return upperFirst + lowerFirst;
    }

    private int determined() {
        return combed() + progressive;
    }

    /** Whether lines belong to two times although no frame is marked. */
    public boolean isCombed() {
        var first = Math.max(upperFirst, lowerFirst);
        var next = upperFirst >= lowerFirst ? nextUpper : nextLower;
        var other = upperFirst >= lowerFirst ? nextLower : nextUpper;
        return !isTelecined()
                && first >= ENOUGH
                && combed() >= INTERLACED * determined()
                && first >= ONE_FIELD * combed()
                && next <= AS_ROUGH
                && other >= ROUGHER * next;
    }

    /** Whether it looks like film that was spread over television's fields. */
    public boolean isTelecined() {
        return combed() >= ENOUGH
                && combed() >= TELECINE_COMBED * determined()
                && repeated >= TELECINE_REPEATED * (determined() + undetermined);
    }

    /** Whether frames are interlaced, by their marks or by what was measured. */
    public boolean isInterlaced() {
        return marked || isCombed();
    }

    /** How the film's fields are made one picture where nobody says how; empty where there is nothing to do. */
    public Optional<FieldWay> usualWay() {
        if (marked) {
            return Optional.of(FieldWay.MARKED);
        }
        return isCombed() ? Optional.of(all()) : Optional.empty();
    }

    /** How all of the film's frames are made one picture each. */
    public FieldWay all() {
        return combed() < ENOUGH
                ? FieldWay.ALL
                : upperFirst >= lowerFirst ? FieldWay.ALL_UPPER_FIRST : FieldWay.ALL_LOWER_FIRST;
    }

    /** For manifests. */
    public String label() {
        return String.format(
                Locale.ROOT,
                "%s; measured in %d frames: %d upper field first, %d lower field first, %d progressive, "
                        + "%d undetermined, %d repeated fields, roughness %.2f and %.2f",
                marked ? "marked as interlaced" : "not marked",
                determined() + undetermined,
                upperFirst,
                lowerFirst,
                progressive,
                undetermined,
                repeated,
                nextUpper,
                nextLower);
    }

    /** Of several places, each as important. */
    FieldsFound plus(FieldsFound other) {
        var here = determined() + undetermined;
        var there = other.determined() + other.undetermined;
        var all = Math.max(1, here + there);
        return new FieldsFound(
                marked || other.marked,
                upperFirst + other.upperFirst,
                lowerFirst + other.lowerFirst,
                progressive + other.progressive,
                undetermined + other.undetermined,
                repeated + other.repeated,
                (here * nextUpper + there * other.nextUpper) / all,
                (here * nextLower + there * other.nextLower) / all);
    }
}

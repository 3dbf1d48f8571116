package org.chromaprep.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.chromaprep.pipeline.FilmForecast;

/**
 * What the films of a run come to together, as far as they say.
 *
 * @param films how many are in the run
 * @param done how many of these earlier runs have finished
 * @param frames of the others
 * @param seconds of the others
 * @param bytes of the others' output at most
 * @param silent how many of the others do not say how long they are
 * @param guessed whether some of the others were asked for all of them
 */
record RunForecast(int films, int done, long frames, double seconds, long bytes, int silent, boolean guessed) {
    private static final double HOUR = 3600;
    private static final double MINUTE = 60;
    private static final double NIGHT = 10 * HOUR;
    private static final double THOUSAND = 1000;

    /**
     * @param others forecasts of the films that are not done, or of some of them, from which those of all are guessed
     */
    static RunForecast of(int films, int done, List<FilmForecast> others) {
        var left = films - done;
        var all = others.isEmpty() ? 1 : (double) left / others.size();
        return new RunForecast(
                films,
                done,
                Math.round(all
                        * others.stream()
                                .mapToLong(each -> each.frames().orElse(0))
                                .sum()),
                all
                        * others.stream()
                                .mapToDouble(each -> each.seconds().orElse(0))
                                .sum(),
                Math.round(all * others.stream().mapToLong(FilmForecast::bytes).sum()),
                (int) Math.round(all
                        * others.stream()
                                .filter(each -> each.frames().isEmpty())
                                .count()),
                others.size() < left);
    }

    /**
     * In one line.
     *
     * @param rate frames a second that an earlier run over this folder has reached
     * @param aside what is left out and why
     */
    String sentence(OptionalDouble rate, Optional<String> aside) {
        var text = new StringBuilder(films == 1 ? "1 film" : films + " films");
        if (done > 0) {
            text.append(done == films ? ", all done already" : ", " + done + " done already");
        }
        if (films > done) {
            text.append(done > 0 ? "; to do: " : ", ")
                    .append(guessed ? "by a sample of them about " : "")
                    .append(length(seconds))
                    .append(" of film");
            rate.ifPresent(each -> text.append(", about ").append(time(frames / each)));
            text.append(", up to ").append(size(bytes));
            if (silent > 0) {
                text.append(", and ")
                        .append(silent)
                        .append(silent == 1 ? " that does not say its length" : " that do not say their length");
            }
        }
        aside.ifPresent(each -> text.append("; ").append(each));
        return text.toString();
    }

    /**
     * That the disk may not have room for all of it.
     *
     * @param left bytes that the output folder has room for; empty where nobody says
     */
    Optional<String> warning(OptionalLong left) {
        return left.isPresent() && left.getAsLong() < bytes
                ? Optional.of("warning: they may need " + size(bytes) + ", but there is room for "
                        + size(left.getAsLong()) + "; films that do not fit are not begun, smaller ones are processed.")
                : Optional.empty();
    }

    private static String length(double seconds) {
        return seconds < MINUTE
                ? String.format(Locale.ROOT, "%.0f s", seconds)
                : seconds < HOUR
                        ? String.format(Locale.ROOT, "%.0f min", seconds / MINUTE)
                        : String.format(Locale.ROOT, seconds < 10 * HOUR ? "%.1f h" : "%.0f h", seconds / HOUR);
    }

    private static String time(double seconds) {
        return seconds < NIGHT
                ? length(seconds)
                : String.format(Locale.ROOT, "%.0f nights of 10 h", Math.ceil(seconds / NIGHT));
    }

    /** A number of bytes as people read it. */
    static String size(long bytes) {
        var value = (double) bytes;
        for (var unit : new String[] {"B", "kB", "MB", "GB"}) {
            if (value < THOUSAND) {
                return String.format(Locale.ROOT, value < 10 && !unit.equals("B") ? "%.1f %s" : "%.0f %s", value, unit);
            }
            value /= THOUSAND;
        }
        return String.format(Locale.ROOT, "%.1f TB", value);
    }
}

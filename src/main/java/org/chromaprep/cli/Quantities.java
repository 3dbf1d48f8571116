package org.chromaprep.cli;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.chromaprep.video.Rational;

/** Reads sizes, times and amounts as people type them. Each method throws a {@link UsageException} on other text. */
final class Quantities {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");
    private static final Pattern TIME = Pattern.compile("(?:(?:(\\d{1,3}):)?([0-5]?\\d):)?(\\d{1,6}(?:\\.\\d+)?)");
    private static final Pattern BYTES = Pattern.compile("(\\d{1,12}(?:\\.\\d+)?)\\s*([KMGT]?)(I?)B?");
    private static final Pattern RATE = Pattern.compile("(\\d{1,6})(?:\\.\\d{1,6}|/(\\d{1,6}))?");
    private static final int TELEVISION = 1001;
    private static final int FASTEST = 1000;
    private static final Map<String, Integer> POWERS = Map.of("K", 1, "M", 2, "G", 3, "T", 4);

    private Quantities() {}

    /**
     * A picture's size.
     *
     * @param height rows
     * @param width columns
     */
    record Size(int height, int width) {}

    /** {@code 224x224}: width before height. */
    static Size size(String option, String text) {
        var match = SIZE.matcher(text);
        if (!match.matches()) {
            throw new UsageException(option + " takes WIDTHxHEIGHT in pixels, as in 224x224, not '" + text + "'.");
        }
        return new Size(Integer.parseInt(match.group(2)), Integer.parseInt(match.group(1)));
    }

    /** Seconds of film: {@code 83.4}, {@code 1:23.4} or {@code 00:01:23.4}. */
    static double seconds(String option, String text) {
        var match = TIME.matcher(text);
        if (!match.matches()) {
            throw new UsageException(
                    option + " takes seconds or [HH:]MM:SS[.s], as in 83.4 or 00:01:23.4, not '" + text + "'.");
        }
        var hours = match.group(1) == null ? 0 : Integer.parseInt(match.group(1));
        var minutes = match.group(2) == null ? 0 : Integer.parseInt(match.group(2));
        return hours * 3600.0 + minutes * 60.0 + Double.parseDouble(match.group(3));
    }

    /** Bytes: {@code 500MB} counts in thousands, {@code 500MiB} in 1024s. */
    static long bytes(String option, String text) {
        var match = BYTES.matcher(text.toUpperCase(Locale.ROOT));
        if (!match.matches()) {
            throw new UsageException(option + " takes an amount of bytes, as in 500MB or 1GB, not '" + text + "'.");
        }
        var base = match.group(3).isEmpty() ? 1000.0 : 1024.0;
        return Math.round(Double.parseDouble(match.group(1)) * Math.pow(base, POWERS.getOrDefault(match.group(2), 0)));
    }

    /** A whole number. */
    static int count(String option, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new UsageException(option + " takes auto or a number, not '" + text + "'.");
        }
    }

    /** Frames a second: {@code 25}, {@code 23.976}, which means 24000/1001, or a fraction. */
    static Rational rate(String option, String text) {
        var match = RATE.matcher(text);
        if (!match.matches()) {
            throw new UsageException(
                    option + " takes frames a second, as in 25, 23.976 or 24000/1001, not '" + text + "'.");
        }
        if (match.group(2) != null) {
            return rational(option, text, Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
        }
        var value = Double.parseDouble(text);
        var nominal = (int) Math.ceil(value);
        if (Math.abs(value - nominal * 1000.0 / TELEVISION) < 5e-3 && value != nominal) {
            return new Rational(nominal * 1000, TELEVISION);
        }
        return value == Math.rint(value)
                ? rational(option, text, (int) value, 1)
                : rational(option, text, (int) Math.round(value * 1000), 1000);
    }

    private static Rational rational(String option, String text, int numerator, int denominator) {
        if (numerator < 1 || denominator < 1 || (double) numerator / denominator > FASTEST) {
            throw new UsageException(
                    option + " must be above 0 and at most " + FASTEST + " frames a second, not " + text + ".");
        }
        return new Rational(numerator, denominator);
    }
}

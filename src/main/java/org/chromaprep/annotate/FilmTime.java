package org.chromaprep.annotate;

/** Writes film times and numbers into character arrays without making strings. */
final class FilmTime {
    private static final char[] UNKNOWN = "--:--:--.---".toCharArray();
    private static final int DIGITS_OF_LONG = 20;

    private FilmTime() {}

    /**
     * Writes a time as HH:MM:SS.mmm, rounded to the nearest millisecond, hours with as many digits as they need; dashes if
     * it is not finite.
     *
     * @return the place after the last character
     */
    static int write(double seconds, char[] target, int at) {
        if (!Double.isFinite(seconds)) {
            System.arraycopy(UNKNOWN, 0, target, at, UNKNOWN.length);
            return at + UNKNOWN.length;
        }
        var next = at;
        var millis = Math.round(Math.abs(seconds) * 1000);
        if (seconds < 0 && millis > 0) {
            target[next++] = '-';
        }
        next = writePadded(millis / 3_600_000, 2, target, next);
        target[next++] = ':';
        next = writePadded(millis / 60_000 % 60, 2, target, next);
        target[next++] = ':';
        next = writePadded(millis / 1000 % 60, 2, target, next);
        target[next++] = '.';
        return writePadded(millis % 1000, 3, target, next);
    }

    /**
     * Writes a number of at least 0.
     *
     * @return the place after the last character
     */
    static int writeNumber(long number, char[] target, int at) {
        return writePadded(number, 1, target, at);
    }

    private static int writePadded(long number, int leastDigits, char[] target, int at) {
        var digits = 1;
        for (var rest = number / 10; rest > 0 && digits < DIGITS_OF_LONG; rest /= 10) {
            digits++;
        }
        var end = at + Math.max(leastDigits, digits);
        var rest = number;
        for (var i = end - 1; i >= at; i--) {
            target[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return end;
    }
}

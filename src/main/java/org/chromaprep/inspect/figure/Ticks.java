package org.chromaprep.inspect.figure;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.jfree.chart.axis.NumberTickUnit;

/** Where an axis has its ticks: at multiples of 1, 2 or 5 times a power of ten. */
final class Ticks {
    private static final double PLAIN_UP_TO = 1e5;
    private static final double PLAIN_FROM = 1e-3;

    private Ticks() {}

    /** The step that gives about so many ticks, and how its numbers are written. */
    static NumberTickUnit over(Range range, int ticks) {
        var rough = (range.high() - range.low()) / ticks;
        var power = Math.pow(10, Math.floor(Math.log10(rough)));
        var digit = rough / power;
        var step = power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
        var largest = Math.max(Math.abs(range.low()), Math.abs(range.high()));
        var decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        var pattern = largest >= PLAIN_UP_TO || step < PLAIN_FROM
                ? "0.##E0"
                : decimals == 0 ? "0" : "0." + "0".repeat(decimals);
        return new NumberTickUnit(step, new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)));
    }
}

package org.chromaprep.inspect.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.inspect.Plane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeAndTicksTest {
    private static Plane plane(float... values) {
        return new Plane("plane", new Grid(1, values.length), values);
    }

    @Test
    void aRangeRunsFromTheSmallestToTheGreatestNumber() {
        assertThat(Range.of(plane(3, -1, 2))).isEqualTo(new Range(-1, 3));
    }

    @ParameterizedTest
    @CsvSource({"0", "2.45", "-7", "1e20", "1e-30"})
    void numbersAllAlikeStandInTheMiddleOfARange(float value) {
        var range = Range.of(plane(value, value));

        assertThat(range.high()).isGreaterThan(range.low());
        assertThat((range.low() + range.high()) / 2).isCloseTo(value, within(1e-6 * Math.abs(value)));
    }

    @Test
    void aTrimmedRangeLeavesOutTheEnds() {
        var values = new float[101];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i * 37) % 101;
        }

        assertThat(Range.trimmed(plane(values), 0.1)).isEqualTo(new Range(10, 90));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 5, 0.2",
        "0, 224, 5, 50",
        "-3.2, 4.4, 5, 2",
        "0, 6e9, 6, 1e9",
        "0.99, 1, 5, 0.002",
        "0, 1e-9, 4, 2e-10"
    })
    void ticksAreFewRoundAndTellApart(double low, double high, int about, double step) {
        var unit = Ticks.over(new Range(low, high), about);

        assertThat(unit.getSize()).isCloseTo(step, within(1e-9 * step));
        var texts = new HashSet<String>();
        var count = 0;
        for (var tick = Math.ceil(low / step) * step; tick <= high; tick += step) {
            texts.add(unit.valueToString(tick));
            count++;
        }
        assertThat(texts).hasSize(count);
    }
}

package org.chromaprep.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilmTimeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 00:00:00.000",
        "5.005, 00:00:05.005",
        "59.9996, 00:01:00.000",
        "3725.25, 01:02:05.250",
        "450000, 125:00:00.000",
        "-0.04, -00:00:00.040",
        "-0.0001, 00:00:00.000",
        "NaN, --:--:--.---"
    })
    void timesAreHoursMinutesSecondsAndMilliseconds(double seconds, String expected) {
        var target = new char[64];
        assertThat(new String(target, 0, FilmTime.write(seconds, target, 0))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0", "7", "10", "150", "9223372036854775807"})
    void numbersAreWrittenInFull(long number) {
        var target = new char[64];
        assertThat(new String(target, 0, FilmTime.writeNumber(number, target, 0)))
                .isEqualTo(Long.toString(number));
    }
}

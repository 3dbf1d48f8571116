package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
    @Test
    void aSizeIsWidthBeforeHeight() {
        assertThat(Quantities.size("--size", "320x240")).isEqualTo(new Quantities.Size(240, 320));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "320", "320x", "x240", "320X240", "-1x5", "1.5x2", "320x240x3", "999999x1", " 3x4"})
    void whatIsNoSizeIsRefused(String text) {
        assertThatThrownBy(() -> Quantities.size("--size", text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--size")
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "83.4, 83.4",
        "90, 90",
        "1:23.4, 83.4",
        "00:01:23.4, 83.4",
        "2:00:00, 7200",
        "10:59:59.5, 39599.5"
    })
    void timesAreSecondsOrClocks(String text, double seconds) {
        assertThat(Quantities.seconds("--start", text)).isCloseTo(seconds, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1:", ":30", "1:2:3:4", "1e3", "NaN", "1:60:00", "12s"})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> Quantities.seconds("--start", text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--start")
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "12B, 12",
        "500KB, 500000",
        "500kb, 500000",
        "1.5MB, 1500000",
        "1GB, 1000000000",
        "1GiB, 1073741824",
        "2Ki, 2048",
        "1 MB, 1000000",
        "1T, 1000000000000"
    })
    void amountsCountInThousandsUnlessBinary(String text, long bytes) {
        assertThat(Quantities.bytes("--shard-size", text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "-5MB", "5XB", "1.GB", "1e9", "5MBB"})
    void whatIsNoAmountIsRefused(String text) {
        assertThatThrownBy(() -> Quantities.bytes("--shard-size", text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--shard-size")
                .hasMessageContaining("'" + text + "'");
    }
}

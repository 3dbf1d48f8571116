package org.chromaprep.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HeatColoursTest {
    private final HeatColours heat = HeatColours.inferno();

    @Property
    void lightnessRisesWithEveryStep(@ForAll @IntRange(min = 1, max = 255) int step) {
        assertThat(lightness(heat.colour(step))).isGreaterThan(lightness(heat.colour(step - 1)));
    }

    @Test
    void goesFromNearlyBlackToPaleYellow() {
        // The first and last entries of the published map, in 8 bits.
        assertThat(heat.colour(0)).isEqualTo(0x000004);
        assertThat(heat.colour(255)).isEqualTo(0xfcffa4);
    }

    /** CIE L*, straight from IEC 61966-2-1 and CIE 15. */
    private static double lightness(int rgb) {
        var y = 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
        return y <= 216.0 / 24389 ? y * 24389 / 27 : 116 * Math.cbrt(y) - 16;
    }

    private static double linear(int level) {
        var v = level / 255.0;
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }
}

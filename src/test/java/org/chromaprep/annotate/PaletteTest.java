package org.chromaprep.annotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.chromaprep.colour.CieLab;
import org.junit.jupiter.api.Test;

class PaletteTest {
    @Test
    void beginsWithTheColoursOfOkabeAndIto() {
        var palette = Palette.of(7);
        int[] expected = {0xe69f00, 0x56b4e9, 0x009e73, 0xf0e442, 0x0072b2, 0xd55e00, 0xcc79a7};
        for (var i = 0; i < expected.length; i++) {
            assertThat(palette.colour(i)).isEqualTo(expected[i]);
        }
    }

    @Test
    void allColoursDifferClearly() {
        var palette = Palette.of(Palette.MAX_CLUSTERS);
        assertThat(palette.size()).isEqualTo(64);
        for (var i = 0; i < palette.size(); i++) {
            for (var j = 0; j < i; j++) {
                // A CIE 1976 difference of 2.3 is just noticeable.
                assertThat(CieLab.of(palette.colour(i)).distance(CieLab.of(palette.colour(j))))
                        .as("colours %d and %d", i, j)
                        .isGreaterThan(15);
            }
        }
    }

    @Test
    void aClustersColourDoesNotDependOnTheNumberOfClusters() {
        var few = Palette.of(12);
        var many = Palette.of(40);
        for (var i = 0; i < few.size(); i++) {
            assertThat(few.colour(i)).isEqualTo(many.colour(i));
        }
    }

    @Test
    void refusesMoreClustersThanColours() {
        assertThatThrownBy(() -> Palette.of(65))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64")
                .hasMessageContaining("65");
    }

    /** Known values of the sRGB primaries under D65. */
    @Test
    void colourDifferencesRestOnCieLab() {
        assertLab(0xffffff, 100, 0, 0);
        assertLab(0x000000, 0, 0, 0);
        assertLab(0xff0000, 53.24, 80.09, 67.20);
        assertLab(0x0000ff, 32.30, 79.19, -107.86);
    }

    private static void assertLab(int rgb, double lightness, double a, double b) {
        var lab = CieLab.of(rgb);
        assertThat(lab.lightness()).isCloseTo(lightness, within(0.02));
        assertThat(lab.a()).isCloseTo(a, within(0.02));
        assertThat(lab.b()).isCloseTo(b, within(0.02));
    }
}

package org.chromaprep.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FilmMeasuresTest {
    private static int[] frame(int frame) {
        var rgb = new int[48];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (int) (((long) i * i * 7919 + (long) frame * i * 104729 + frame * 31L) % 0x1000000) & 0xE0E0E0;
        }
        return rgb;
    }

    /** The number is NumPy's, by the paper's definition. */
    @Test
    void consistencyIsTheMeanDivergenceOfHistograms() {
        var consistency = new Consistency();
        for (int i = 0; i < 7; i++) {
            consistency.add(frame(i));
        }

        assertThat(consistency.value()).isCloseTo(0.03776687350779909, within(1e-9));
    }

    @Test
    void shotsDoNotCountAgainstEachOther() {
        var consistency = new Consistency();
        consistency.add(frame(0));
        consistency.add(frame(0));
        consistency.cut();
        consistency.add(frame(5));

        assertThat(consistency.value()).isZero();
    }

    @Test
    void onlyWhatStandsStillFlickers() {
        var flicker = new Flicker(8);
        var luma = new byte[64];
        var moved = new byte[64];
        var ab = new float[128];
        for (int i = 0; i < 64; i++) {
            luma[i] = 100;
            moved[i] = (byte) (i % 8 < 4 ? 100 : 140);
            ab[2 * i] = i % 8 < 3 ? 3 : 50;
            ab[2 * i + 1] = i % 8 < 3 ? -4 : 50;
        }

        flicker.add(luma, new float[128]);
        flicker.add(moved, ab);

        // The fourth column is still itself, but not around.
        assertThat(flicker.value()).isCloseTo(Math.sqrt((9 + 16) / 2.0), within(1e-6));
        flicker.cut();
        flicker.add(luma, new float[128]);
        assertThat(flicker.value()).isCloseTo(Math.sqrt((9 + 16) / 2.0), within(1e-6));
    }

    @Test
    void averagesFramesAndLeavesReferencesOut() {
        var sum = new WayScores.Sum(1);
        var one = new Colours(new float[] {50}, new float[] {0, 0});
        sum.add(new byte[1], one, new FrameScore(3, 2, 0.01, 10), true);
        sum.add(new byte[1], one, new FrameScore(0, 0, 0, 99), false);
        sum.add(new byte[1], one, new FrameScore(5, 4, 0.03, 20), true);

        var scores = sum.scores();

        assertThat(scores.frames()).isEqualTo(2);
        assertThat(scores.rmse()).isEqualTo(4);
        assertThat(scores.ciede2000()).isEqualTo(3);
        assertThat(scores.psnrRgb()).isCloseTo(10 * Math.log10(1 / 0.02), within(1e-3));
        assertThat(scores.psnrAb()).isCloseTo(20 * Math.log10(255 / 4.0), within(1e-3));
        assertThat(scores.colourfulness()).isEqualTo(15);
    }
}

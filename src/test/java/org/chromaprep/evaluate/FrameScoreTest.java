package org.chromaprep.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against scikit-image 0.26 ({@code deltaE_ciede2000}, {@code lab2rgb}, {@code peak_signal_noise_ratio}) and NumPy. */
class FrameScoreTest {
    private static final Colours TRUTH = new Colours(
            new float[] {
                61.25859f,
                85.749245f,
                74.811714f,
                25.268646f,
                32.014965f,
                83.61981f,
                5.4738774f,
                78.91056f,
                76.73625f,
                47.114147f,
                32.27292f,
                30.058306f,
                27.938263f,
                45.056866f,
                50.409344f,
                54.814763f,
                94.595024f,
                76.33957f,
                60.996132f,
                94.00642f,
                24.377783f,
                19.419083f,
                60.128563f,
                8.954781f
            },
            new float[] {
                -37.145576f,
                1.1911056f,
                -2.703518f,
                33.37342f,
                10.3381f,
                1.1294117f,
                -0.25012517f,
                -20.198807f,
                -39.056477f,
                -24.607828f,
                15.36257f,
                -23.951462f,
                -10.437095f,
                -39.70126f,
                26.403818f,
                -27.643114f,
                -18.592056f,
                30.426573f,
                0.7832648f,
                27.77202f,
                11.177373f,
                19.341677f,
                -32.68035f,
                3.2915058f,
                0.6217789f,
                29.70715f,
                -11.098876f,
                7.8547254f,
                -35.25987f,
                -8.989456f,
                -14.157092f,
                -27.984022f,
                25.307049f,
                -9.644306f,
                38.29983f,
                7.1993356f,
                8.4045f,
                11.039726f,
                14.116019f,
                -27.936958f,
                -4.774923f,
                -20.834883f,
                -7.800136f,
                -32.26367f,
                37.426243f,
                -22.799677f,
                13.741213f,
                -15.966393f
            });
    private static final Colours COLOURED = new Colours(
            new float[] {
                61.83683f,
                86.017166f,
                73.03863f,
                24.912817f,
                26.021727f,
                80.225586f,
                6.562397f,
                72.52486f,
                79.27608f,
                41.87586f,
                34.543133f,
                27.521814f,
                30.275236f,
                45.44972f,
                45.79884f,
                58.56221f,
                98.92014f,
                76.14215f,
                60.17438f,
                93.52682f,
                21.452326f,
                22.714844f,
                58.499886f,
                8.801209f
            },
            new float[] {
                -61.054615f,
                -4.366933f,
                -3.870961f,
                48.4576f,
                18.610947f,
                -2.7971494f,
                -4.673036f,
                -23.20115f,
                -20.774124f,
                -29.744127f,
                11.718405f,
                -19.720392f,
                -11.88634f,
                -42.068672f,
                13.035012f,
                -27.781372f,
                -23.915031f,
                44.420105f,
                8.620327f,
                27.482297f,
                19.197945f,
                15.263242f,
                -20.054834f,
                3.226711f,
                7.6223674f,
                14.216431f,
                -6.9387145f,
                -12.403724f,
                -59.683815f,
                -12.643179f,
                -24.956223f,
                -26.015388f,
                52.24413f,
                -19.624985f,
                30.812508f,
                9.664183f,
                14.32066f,
                8.9228535f,
                11.644856f,
                -19.507402f,
                1.4639688f,
                -33.238995f,
                -8.750312f,
                -31.84023f,
                24.772427f,
                -19.681608f,
                3.4457352f,
                -4.301593f
            });

    @Test
    void isAsScikitImageAndNumpySay() {
        var score = FrameScore.of(COLOURED, TRUTH);

        assertThat(score.rmse()).isCloseTo(10.312797, within(1e-5));
        assertThat(score.ciede2000()).isCloseTo(7.1665886, within(1e-5));
        assertThat(score.squaredRgb()).isCloseTo(0.0035533, within(1e-5));
        assertThat(FrameScore.psnr(score.squaredRgb())).isCloseTo(24.493639, within(1e-2));
        assertThat(score.colourfulness()).isCloseTo(91.804521, within(0.2));
        assertThat(FrameScore.of(TRUTH, TRUTH).colourfulness()).isCloseTo(79.142167, within(0.2));
    }

    @Test
    void turnsLabIntoTheColoursThatScikitImageDoes() {
        var rgb = TRUTH.toRgb();
        var wanted =
                new int[] {0x2fa591, 0xe8d697, 0xccb2b6, 0x233e5a, 0x005b71, 0xd8c9fe, 0x001b48, 0xdcb4f7, 0xb0c684};

        // Its matrix has a digit less, which is one level here and there.
        for (int i = 0; i < wanted.length; i++) {
            for (int shift = 0; shift <= 16; shift += 8) {
                assertThat(rgb[i] >> shift & 255).as("pixel %d", i).isCloseTo(wanted[i] >> shift & 255, within(1));
            }
        }
    }

    @Test
    void aFrameIsItself() {
        var score = FrameScore.of(TRUTH, TRUTH);

        assertThat(score.rmse()).isZero();
        assertThat(score.ciede2000()).isZero();
        assertThat(score.squaredRgb()).isZero();
    }

    @Test
    void greyIsWithoutColour() {
        assertThat(FrameScore.colourfulness(new int[] {0x202020, 0xfefefe, 0x777777}))
                .isZero();
    }

    @Test
    void refusesFramesOfOtherSizes() {
        assertThatThrownBy(() -> FrameScore.of(new Colours(new float[1], new float[2]), TRUTH))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Colours(new float[2], new float[2])).isInstanceOf(IllegalArgumentException.class);
    }
}

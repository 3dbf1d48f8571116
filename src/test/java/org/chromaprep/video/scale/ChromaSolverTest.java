package org.chromaprep.video.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.bytedeco.ffmpeg.global.avutil;

class ChromaSolverTest {
    private static final double RED = 0.2126;
    private static final double BLUE = 0.0722;

    private final ChromaSolver solver =
            new ChromaSolver(new LabConversion(LightCurve.of(avutil.AVCOL_TRC_IEC61966_2_1), false), RED, BLUE);

    /** Lab of an sRGB colour in double precision by another implementation; its luma and differences as BT.709 defines them. */
    @Property(tries = 2000, seed = "7")
    void aColourIsFoundFromItsLumaAndItsAb(
            @ForAll @DoubleRange(max = 1) double red,
            @ForAll @DoubleRange(max = 1) double green,
            @ForAll @DoubleRange(max = 1) double blue) {
        var lab = NaiveLab.of(red, green, blue);
        var luma = RED * red + (1 - RED - BLUE) * green + BLUE * blue;
        var differences = new double[2];
        solver.solve(luma, lab[1], lab[2], differences);
        // A step of 8 bits is a 224th.
        assertThat(differences[0]).isCloseTo((blue - luma) / (2 * (1 - BLUE)), within(1.0 / 448));
        assertThat(differences[1]).isCloseTo((red - luma) / (2 * (1 - RED)), within(1.0 / 448));
    }

    @Property(tries = 2000, seed = "8")
    void whateverIsWantedFitsIntoRedGreenAndBlueAtTheLuma(
            @ForAll @DoubleRange(max = 1) double luma,
            @ForAll @DoubleRange(min = -150, max = 150) double a,
            @ForAll @DoubleRange(min = -150, max = 150) double b) {
        var differences = new double[2];
        solver.solve(luma, a, b, differences);
        var blue = luma + 2 * (1 - BLUE) * differences[0];
        var red = luma + 2 * (1 - RED) * differences[1];
        var green = (luma - RED * red - BLUE * blue) / (1 - RED - BLUE);
        // Luma is met within a ten thousandth.
        for (var number : new double[] {red, green, blue}) {
            assertThat(number).isBetween(-2e-4, 1 + 2e-4);
        }
    }

    @Property(tries = 500, seed = "9")
    void aColourThatDoesNotFitKeepsItsHue(@ForAll @DoubleRange(min = 0.2, max = 0.8) double luma) {
        var strong = new double[2];
        var weak = new double[2];
        solver.solve(luma, 90, 60, strong);
        solver.solve(luma, 4.5, 3, weak);
        assertThat(Math.signum(strong[0])).isEqualTo(Math.signum(weak[0]));
        assertThat(Math.signum(strong[1])).isEqualTo(Math.signum(weak[1]));
        assertThat(Math.hypot(strong[0], strong[1])).isGreaterThan(Math.hypot(weak[0], weak[1]));
    }

    @Property(tries = 500, seed = "10")
    void noColourIsNoDifference(@ForAll @DoubleRange(min = -0.2, max = 1.2) double luma) {
        var differences = new double[2];
        solver.solve(luma, 0, 0, differences);
        assertThat(differences[0]).isCloseTo(0, within(2e-3));
        assertThat(differences[1]).isCloseTo(0, within(2e-3));
    }
}

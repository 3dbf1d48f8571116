package org.chromaprep.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.chromaprep.hypercolumn.Grid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A painted plain moves to the left, and a disc in front of it to the right: everything is known of every pixel. */
class ShotFlowTest {
    private static final Grid GRID = new Grid(96, 128);
    private static final int FRAMES = 25;
    private static final double PLAIN_SPEED = -1.3;
    private static final double DISC_SPEED = 1.1;
    private static final int RADIUS = 18;

    private DenseFlow flow;

    @BeforeEach
    void open() {
        flow = new DenseFlow(GRID);
    }

    @AfterEach
    void close() {
        flow.close();
    }

    private static boolean isDisc(int pixel, int frame) {
        var x = pixel % GRID.width() - (40 + DISC_SPEED * frame);
        var y = pixel / GRID.width() - 48;
        return x * x + y * y < RADIUS * RADIUS;
    }

    private static double texture(double x, double y, double seed) {
        return 40 * Math.sin(0.31 * x + seed) * Math.cos(0.23 * y - seed)
                + 30 * Math.sin(0.11 * (x + y) + 2 * seed)
                + 20 * Math.cos(0.57 * x - 0.41 * y + seed);
    }

    private static byte[] luma(int frame) {
        var luma = new byte[GRID.pixels()];
        for (int i = 0; i < luma.length; i++) {
            var disc = isDisc(i, frame);
            var x = i % GRID.width() - (disc ? DISC_SPEED : PLAIN_SPEED) * frame;
            luma[i] = (byte)
                    Math.round(disc ? 150 + texture(x, i / GRID.width(), 5) : 110 + texture(x, i / GRID.width(), 1));
        }
        return luma;
    }

    /** The plain's colour changes smoothly along it; the disc is red. */
    private static float[] colours(int frame) {
        var ab = new float[2 * GRID.pixels()];
        for (int i = 0; i < GRID.pixels(); i++) {
            var x = i % GRID.width() - PLAIN_SPEED * frame;
            ab[2 * i] = isDisc(i, frame) ? 60 : (float) (-20 + 15 * Math.sin(0.05 * x));
            ab[2 * i + 1] = isDisc(i, frame) ? 40 : (float) (10 + 15 * Math.cos(0.05 * x));
        }
        return ab;
    }

    private ShotFlow shot(int... references) {
        var frames = new int[] {0, 4, 8, 12, 16, 20, 24};
        var lumas = new ArrayList<byte[]>();
        for (var frame : frames) {
            lumas.add(luma(frame));
        }
        var colours = new ArrayList<float[]>();
        for (var reference : references) {
            colours.add(colours(reference));
        }
        return new ShotFlow(flow, GRID, frames, lumas, references, colours, () -> false);
    }

    private static double error(float[] ab, float[] weights, float[] truth) {
        var sum = 0.0;
        var all = 0.0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * (Math.abs(ab[2 * i] - truth[2 * i]) + Math.abs(ab[2 * i + 1] - truth[2 * i + 1])) / 2;
            all += weights[i];
        }
        return sum / all;
    }

    @Test
    void carriesColoursToAllFramesAndKnowsWhereItMay() {
        var shot = shot(12);
        var ab = new float[2 * GRID.pixels()];
        var weights = new float[GRID.pixels()];
        for (int frame = 0; frame < FRAMES; frame += 3) {
            shot.carry(flow, frame, luma(frame), ab, weights);

            var truth = colours(frame);
            var unweighted = new float[weights.length];
            Arrays.fill(unweighted, 1);
            assertThat(error(ab, weights, truth)).as("frame %d", frame).isLessThan(1.5);
            assertThat(error(ab, weights, truth)).isLessThanOrEqualTo(error(ab, unweighted, truth));
            assertThat(error(colours(12), unweighted, truth))
                    .as("copied colours")
                    .isGreaterThan(frame == 12 ? -1 : 2);
        }
    }

    @Test
    void givesTheReferenceItsOwnColours() {
        var ab = new float[2 * GRID.pixels()];
        var weights = new float[GRID.pixels()];

        shot(12).carry(flow, 12, luma(12), ab, weights);

        assertThat(ab).isEqualTo(colours(12));
        assertThat(weights).containsOnly(1);
    }

    @Test
    void trustsNothingThatTheReferenceDoesNotShow() {
        var ab = new float[2 * GRID.pixels()];
        var weights = new float[GRID.pixels()];
        var noise = new byte[GRID.pixels()];
        new SplittableRandom(1).nextBytes(noise);

        shot(12).carry(flow, 14, noise, ab, weights);

        var sum = 0.0;
        for (var weight : weights) {
            sum += weight;
        }
        assertThat(sum / weights.length).isLessThan(0.25);
    }

    @Test
    void takesColoursFromBothSides() {
        var ab = new float[2 * GRID.pixels()];
        var weights = new float[GRID.pixels()];
        var one = new float[GRID.pixels()];

        shot(0, 24).carry(flow, 9, luma(9), ab, weights);
        shot(0).carry(flow, 9, luma(9), new float[2 * GRID.pixels()], one);

        assertThat(error(ab, weights, colours(9))).isLessThan(1.5);
        var more = 0;
        for (int i = 0; i < one.length; i++) {
            assertThat(weights[i]).isGreaterThanOrEqualTo(one[i] - 1e-6f);
            more += weights[i] > one[i] + 0.3 ? 1 : 0;
        }
        // What left the picture or was uncovered since the first is in the other.
        assertThat(more).isGreaterThan(300);
    }

    @Test
    void givesTheSameAgain() {
        var one = new float[2 * GRID.pixels()];
        var other = new float[2 * GRID.pixels()];
        var weights = new float[GRID.pixels()];

        shot(0, 24).carry(flow, 9, luma(9), one, weights);
        try (var another = new DenseFlow(GRID)) {
            shot(0, 24).carry(another, 9, luma(9), other, weights);
        }

        assertThat(one).containsExactly(other, within(0f));
    }

    @Test
    void knowsOnlyAnchorsAsReferences() {
        assertThatThrownBy(() -> shot(13))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("13");
    }
}

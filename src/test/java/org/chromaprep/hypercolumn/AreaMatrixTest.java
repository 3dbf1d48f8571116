package org.chromaprep.hypercolumn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Against the rows of the stored matrix that belong to the area. */
class AreaMatrixTest {
    private static final Grid GRID = new Grid(12, 9);
    private static final GridArea AREA = new GridArea(3, 2, new Grid(5, 6));
    private static final Offset<Double> NEAR = Offset.offset(1e-4);

    private final HypercolumnMatrix whole = new MapHypercolumnMatrix(
            GRID,
            List.of(
                    RandomMaps.of("conv1_1", 12, 9, 3, new SplittableRandom(7)),
                    RandomMaps.of("conv2_1", 6, 5, 4, new SplittableRandom(8))),
            false);
    private final AreaMatrix area = new AreaMatrix(whole, AREA);
    private final int features = whole.features();

    private float[] row(int pixel) {
        var row = new float[features];
        whole.gather(new int[] {(AREA.top() + pixel / 6) * 9 + AREA.left() + pixel % 6}, row);
        return row;
    }

    private static float[] random(int length) {
        var random = new Random(length);
        var numbers = new float[length];
        for (var i = 0; i < length; i++) {
            numbers[i] = random.nextFloat() - 0.5f;
        }
        return numbers;
    }

    @Test
    void productsAreThoseOfItsRows() {
        var pixels = AREA.grid().pixels();
        var v = random(2 * features);
        var planes = new float[2 * pixels];
        area.times(v, 2, planes);
        var w = random(2 * pixels);
        var sums = new double[2 * features];
        area.transposeTimes(w, 2, sums);
        var norms = new double[pixels];
        area.squaredNorms(norms);
        var wanted = new double[2 * features];
        for (var pixel = 0; pixel < pixels; pixel++) {
            var row = row(pixel);
            var norm = 0.0;
            var products = new double[2];
            for (var f = 0; f < features; f++) {
                norm += (double) row[f] * row[f];
                for (var column = 0; column < 2; column++) {
                    products[column] += (double) row[f] * v[column * features + f];
                    wanted[column * features + f] += (double) row[f] * w[column * pixels + pixel];
                }
            }
            assertThat(norms[pixel]).isCloseTo(norm, NEAR);
            assertThat((double) planes[pixel]).isCloseTo(products[0], NEAR);
            assertThat((double) planes[pixels + pixel]).isCloseTo(products[1], NEAR);
        }
        for (var i = 0; i < wanted.length; i++) {
            assertThat(sums[i]).isCloseTo(wanted[i], NEAR);
        }
    }

    @Test
    void chosenPixelsAndTotalsAreThoseOfItsRows() {
        var pixels = AREA.grid().pixels();
        var v = random(features);
        var all = new float[pixels];
        area.times(v, 1, all);
        var some = new float[pixels];
        area.times(v, new int[] {1, 17, 29}, 3, some);
        assertThat(new double[] {some[1], some[17], some[29]})
                .containsExactly(new double[] {all[1], all[17], all[29]}, NEAR);
        assertThat(some[2]).isZero();
        var rows = new float[2 * features];
        area.gather(new int[] {0, 29}, rows);
        assertThat(rows).startsWith(row(0)).endsWith(row(29));
        var totals = new HypercolumnTotals();
        var planes = new float[pixels];
        area.totals(totals, v, 1, planes);
        assertThat(planes).isEqualTo(all);
        for (var feature = 0; feature < features; feature++) {
            var f = feature;
            assertThat(totals.features()[f])
                    .isCloseTo(
                            IntStream.range(0, pixels)
                                    .mapToDouble(pixel -> row(pixel)[f])
                                    .sum(),
                            NEAR);
        }
    }

    @Test
    void whatLiesBeyondIsRefused() {
        assertThatThrownBy(() -> new AreaMatrix(whole, new GridArea(8, 0, new Grid(5, 9))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> area.gather(new int[] {30}, new float[features]))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}

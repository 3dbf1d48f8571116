package org.chromaprep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CentroidMatchingTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void noPermutationIsCheaper(int n) {
        var random = new Random(n);
        for (var trial = 0; trial < 50; trial++) {
            var costs = new double[n][n];
            for (var row : costs) {
                for (var j = 0; j < n; j++) {
                    row[j] = random.nextInt(12);
                }
            }
            var assigned = CentroidMatching.assign(costs);
            var cost = 0.0;
            for (var i = 0; i < n; i++) {
                cost += costs[i][assigned[i]];
            }
            assertThat(assigned).doesNotHaveDuplicates();
            assertThat(cost).isCloseTo(cheapest(costs, 0, 0), within(1e-9));
        }
    }

    private static double cheapest(double[][] costs, int row, int taken) {
        if (row == costs.length) {
            return 0;
        }
        var best = Double.POSITIVE_INFINITY;
        for (var j = 0; j < costs.length; j++) {
            if ((taken >> j & 1) == 0) {
                best = Math.min(best, costs[row][j] + cheapest(costs, row + 1, taken | 1 << j));
            }
        }
        return best;
    }
}

package org.chromaprep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CentroidOrderTest {
    @Test
    void theLeastAverageGetsTheLeastId() {
        assertThat(CentroidOrder.ids(new float[] {3, 3, 0, 1, 9, -4}, 3)).containsExactly(2, 0, 1);
    }

    @Test
    void ofEqualAveragesTheFirstCentroidComesFirst() {
        assertThat(CentroidOrder.ids(new float[] {1, 2, 2, 1, 0, 0, 3, 0}, 4)).containsExactly(1, 2, 0, 3);
    }

    @Test
    void sumsAreOfDoublePrecision() {
        var large = 1 << 24;

        assertThat(CentroidOrder.ids(new float[] {large, 1, 1, large, 1, 0}, 2)).containsExactly(1, 0);
    }
}

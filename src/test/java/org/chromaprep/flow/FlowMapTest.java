package org.chromaprep.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.chromaprep.hypercolumn.Grid;
import org.junit.jupiter.api.Test;

class FlowMapTest {
    private static final Grid GRID = new Grid(7, 9);

    private static FlowMap random(long seed, double reach) {
        var random = new SplittableRandom(seed);
        var map = FlowMap.identity(GRID);
        for (int i = 0; i < GRID.pixels(); i++) {
            map.x()[i] += (float) random.nextDouble(-reach, reach);
            map.y()[i] += (float) random.nextDouble(-reach, reach);
        }
        return map;
    }

    @Test
    void seesTheOtherFrameBilinearlyAndItsEdgeBeyondIt() {
        var map = random(1, 4);
        var plane = new float[GRID.pixels()];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = i * i % 31;
        }

        var seen = map.sample(plane);

        for (int i = 0; i < seen.length; i++) {
            var sum = 0.0;
            for (int row = -4; row < GRID.height() + 4; row++) {
                for (int column = -4; column < GRID.width() + 4; column++) {
                    var weight = Math.max(0, 1 - Math.abs(map.x()[i] - column))
                            * Math.max(0, 1 - Math.abs(map.y()[i] - row));
                    sum += weight * plane[Math.min(Math.max(row, 0), 6) * 9 + Math.min(Math.max(column, 0), 8)];
                }
            }
            assertThat((double) seen[i]).as("pixel %d", i).isCloseTo(sum, within(1e-4));
        }
    }

    @Test
    void goesAlongTwoMapsOneAfterTheOther() {
        var one = FlowMap.identity(GRID);
        var other = FlowMap.identity(GRID);
        for (int i = 0; i < GRID.pixels(); i++) {
            one.x()[i] += 1.5f;
            other.y()[i] += 2;
        }

        var both = one.then(other);

        assertThat(both.x()[9 * 2 + 3]).isEqualTo(4.5f);
        assertThat(both.y()[9 * 2 + 3]).isEqualTo(4);
    }

    @Test
    void liesBetweenTwoMaps() {
        var map = FlowMap.identity(GRID).towards(random(2, 3), 0.25f);

        assertThat(map.x()[20]).isCloseTo(20 % 9 + 0.25f * (random(2, 3).x()[20] - 20 % 9), within(1e-6f));
    }

    @Test
    void isPackedWithinAThirtySecondOfAPixel() {
        var map = random(3, 60);

        var unpacked = PackedMap.of(map).unpacked();

        for (int i = 0; i < GRID.pixels(); i++) {
            assertThat(unpacked.x()[i]).isCloseTo(map.x()[i], within(1 / 32f));
            assertThat(unpacked.y()[i]).isCloseTo(map.y()[i], within(1 / 32f));
        }
    }

    @Test
    void hasAPlaceForEachPixel() {
        assertThatThrownBy(() -> new FlowMap(GRID, new float[3], new float[63]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package org.chromaprep.output.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.chromaprep.video.scale.NaiveLab;
import org.junit.jupiter.api.Test;

class AbBinsTest {
    private final AbBins bins = new AbBins();

    /** Counted with scikit-image over a cube of sRGB colours, too. */
    @Test
    void thereAreAsManyAsTheGamutHas() {
        assertThat(bins.size()).isEqualTo(261);
    }

    @Test
    void everyColourHasItsOwnBinAndEveryBinAColour() {
        var cells = new HashSet<Long>();
        for (int bin = 0; bin < bins.size(); bin++) {
            cells.add(key(bins.a(bin), bins.b(bin)));
        }
        Set<Long> seen = new HashSet<>();
        for (int red = 0; red <= 255; red += 3) {
            for (int green = 0; green <= 255; green += 3) {
                for (int blue = 0; blue <= 255; blue += 3) {
                    var lab = NaiveLab.of(red / 255.0, green / 255.0, blue / 255.0);
                    seen.add(key(10 * (int) Math.round(lab[1] / 10), 10 * (int) Math.round(lab[2] / 10)));
                }
            }
        }
        assertThat(cells).containsAll(seen);
        assertThat(cells.size() - seen.size()).isLessThanOrEqualTo(2);
    }

    private static long key(int a, int b) {
        return 1000L * a + b;
    }

    @Test
    void coloursAreEncodedByTheirFiveNearestBins() {
        var random = new Random(11);
        var numbers = new short[AbBins.NEIGHBOURS];
        var weights = new float[AbBins.NEIGHBOURS];
        for (int trial = 0; trial < 200; trial++) {
            var a = (float) random.nextGaussian() * 30;
            var b = (float) random.nextGaussian() * 30;
            bins.encode(a, b, numbers, weights, 0);
            var sum = 0.0;
            var squares = IntStream.range(0, bins.size())
                    .mapToDouble(bin -> Math.pow(a - bins.a(bin), 2) + Math.pow(b - bins.b(bin), 2))
                    .sorted()
                    .toArray();
            var total = IntStream.range(0, 5)
                    .mapToDouble(i -> Math.exp(-squares[i] / 50))
                    .sum();
            for (int i = 0; i < 5; i++) {
                var own = Math.pow(a - bins.a(numbers[i]), 2) + Math.pow(b - bins.b(numbers[i]), 2);
                assertThat(own).isCloseTo(squares[i], within(1e-3));
                assertThat((double) weights[i]).isCloseTo(Math.exp(-squares[i] / 50) / total, within(1e-5));
                sum += weights[i];
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
    }

    /** Numbers of the file pts_in_hull.npy that was published with the paper, as copies of it in other programs have them. */
    @Test
    void thePublishedClassesHaveTheirPublishedNumbers() {
        var bins = new AbBins(AbBins.Classes.PUBLISHED);
        assertThat(bins.size()).isEqualTo(313);
        assertThat(bins.centres().get(0)).containsExactly(-90, 50);
        assertThat(bins.centres().get(5)).containsExactly(-80, 20);
        assertThat(bins.centres().get(22)).containsExactly(-70, 90);
        assertThat(bins.centres().get(23)).containsExactly(-60, -20);
        assertThat(bins.centres().get(113)).containsExactly(0, -70);
        assertThat(bins.centres().get(302)).containsExactly(90, 70);
        assertThat(bins.centres().get(303)).containsExactly(100, -90);
        assertThat(bins.centres().get(312)).containsExactly(100, 0);
        assertThat(bins.centres()).doesNotHaveDuplicates();
    }
}

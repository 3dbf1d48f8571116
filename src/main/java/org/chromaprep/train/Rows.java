package org.chromaprep.train;

import java.util.SplittableRandom;
import org.chromaprep.learn.Place;
import org.chromaprep.learn.Standardisation;

/** Rows of a fit: standardised hypercolumns, behind them the place. Stateless. */
final class Rows {
    private Rows() {}

    /** Numbers of a row. */
    static int length(int features) {
        return features + Place.INPUTS;
    }

    /** Writes a frame's row to {@code into} from {@code at}. */
    static void write(FrameSample frame, int row, Standardisation standardisation, float[] into, int at) {
        var features = standardisation.features();
        for (var f = 0; f < features; f++) {
            into[at + f] =
                    (frame.columns()[row * features + f] - standardisation.mean()[f])
                            / standardisation.scale()[f];
        }
        Place.write(frame.pixels()[row], frame.grid(), into, at + features);
    }

    /**
     * Draws some numbers of {@code 0 .. all - 1}, each at most once, in random order.
     *
     * @param most how many; all where there are fewer
     */
    static int[] draw(int all, int most, SplittableRandom random) {
        var numbers = all(all);
        var drawn = new int[Math.min(all, most)];
        for (var i = 0; i < drawn.length; i++) {
            var other = i + random.nextInt(all - i);
            drawn[i] = numbers[other];
            numbers[other] = numbers[i];
        }
        return drawn;
    }

    /** 0, 1, 2 and so on. */
    static int[] all(int count) {
        var numbers = new int[count];
        for (var i = 0; i < count; i++) {
            numbers[i] = i;
        }
        return numbers;
    }
}

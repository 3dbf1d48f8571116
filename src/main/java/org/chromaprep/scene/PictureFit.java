package org.chromaprep.scene;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for pictures in the parts of one. Enlarged columns of it are kept from one to the next, since nearly the same parts are
 * compared with each. One thread.
 */
final class PictureFit {
    private static final int SIDE = Thumbnail.HALF;
    private static final int PIXELS = SIDE * SIDE;
    /**
     * Correlation from which on grey values are alike. Pictures of different films reach 0.70 when fitted so; copies that are
     * cropped, squeezed and coded anew have 0.95 and more, and the same shot half a second later 0.9.
     */
    private static final double ALIKE = 0.82;
    /** The same for what is left without local means: different films reach 0.57, copies 0.89, the same shot later 0.8. */
    private static final double DETAIL_ALIKE = 0.6;
    /** Variance of grain and coding noise of these means, in squared grey levels. */
    private static final double NOISE = 6;

    private static final double FIRST_STEP = 0.03;
    private static final double LAST_STEP = 0.007;
    /** Stretches of columns that are kept: 4 MB. */
    private static final int MOST_KEPT = 1000;

    /** Columns of the whole picture, in shares of its width. */
    private record Columns(double left, double width) {}

    /** Sums over two pictures' grey values: of the first, of its squares, of the products of both. */
    private record Sums(double sum, double squares, double products) {
        double correlation(Sums other) {
            return (products / PIXELS - sum / PIXELS * (other.sum / PIXELS)) / Math.sqrt(variance() * other.variance());
        }

        private double variance() {
            return squares / PIXELS - sum / PIXELS * (sum / PIXELS) + NOISE;
        }
    }

    private final ShotPicture whole;
    private final Map<Columns, float[]> kept = new HashMap<>();

    /** @param whole a telling picture */
    PictureFit(ShotPicture whole) {
        this.whole = whole;
    }

    /**
     * Whether a telling picture shows a part of this one.
     *
     * @param start the part from which on it is fitted
     */
    boolean fits(ShotPicture picture, PicturePart start) {
        var wanted = PicturePart.LISTED.get(0).of(picture.greys());
        var own = sums(wanted, wanted);
        var at = start;
        var best = sums(start, start, wanted).get(0).correlation(own);
        for (var step = FIRST_STEP; step >= LAST_STEP; step /= 2) {
            var better = true;
            while (better) {
                better = false;
                var neighbours = at.neighbours(step);
                for (var i = 0; i < neighbours.size(); i += 2) {
                    var two = neighbours.subList(i, Math.min(i + 2, neighbours.size()));
                    var sums = sums(two.get(0), two.get(two.size() - 1), wanted);
                    for (var each = 0; each < two.size(); each++) {
                        var correlation = sums.get(each).correlation(own);
                        if (correlation > best) {
                            best = correlation;
                            at = two.get(each);
                            better = true;
                        }
                    }
                }
            }
        }
        if (best < ALIKE) {
            return false;
        }
        var seen = detail(at.of(whole.greys()));
        var other = detail(wanted);
        return sums(seen, other).correlation(sums(other, other)) >= DETAIL_ALIKE;
    }

    private float[] columns(PicturePart part) {
        if (kept.size() >= MOST_KEPT) {
            kept.clear();
        }
        return kept.computeIfAbsent(new Columns(part.left(), part.width()), each -> part.columns(whole.greys()));
    }

    private static Sums sums(float[] some, float[] others) {
        double sum = 0;
        double squares = 0;
        double products = 0;
        for (var i = 0; i < PIXELS; i++) {
            double grey = some[i];
            sum += grey;
            squares += grey * grey;
            products += grey * others[i];
        }
        return new Sums(sum, squares, products);
    }

    // The sums of each part are made in the pixels' order. Those of two stand beside each other since each addition
    // waits for
    // the one before.
    private List<Sums> sums(PicturePart one, PicturePart two, float[] wanted) {
        var firstColumns = columns(one);
        var secondColumns = columns(two);
        var firstRows = one.rows();
        var secondRows = two.rows();
        double firstSum = 0;
        double firstSquares = 0;
        double firstProducts = 0;
        double secondSum = 0;
        double secondSquares = 0;
        double secondProducts = 0;
        for (var y = 0; y < SIDE; y++) {
            for (var x = 0; x < SIDE; x++) {
                double other = wanted[y * SIDE + x];
                double first = firstRows.between(firstColumns, y, x);
                double second = secondRows.between(secondColumns, y, x);
                firstSum += first;
                firstSquares += first * first;
                firstProducts += first * other;
                secondSum += second;
                secondSquares += second * second;
                secondProducts += second * other;
            }
        }
        return List.of(
                new Sums(firstSum, firstSquares, firstProducts), new Sums(secondSum, secondSquares, secondProducts));
    }

    /** What a picture has beside its means over 7 by 7 values. */
    private static float[] detail(float[] greys) {
        var detail = new float[PIXELS];
        for (var y = 0; y < SIDE; y++) {
            for (var x = 0; x < SIDE; x++) {
                var sum = 0f;
                var count = 0;
                for (var v = Math.max(0, y - 3); v <= Math.min(SIDE - 1, y + 3); v++) {
                    for (var u = Math.max(0, x - 3); u <= Math.min(SIDE - 1, x + 3); u++) {
                        sum += greys[v * SIDE + u];
                        count++;
                    }
                }
                detail[y * SIDE + x] = greys[y * SIDE + x] - sum / count;
            }
        }
        return detail;
    }
}

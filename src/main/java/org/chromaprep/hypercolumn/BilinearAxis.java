package org.chromaprep.hypercolumn;

/**
 * One axis of the bilinear enlargement: which two native positions an enlarged position is mixed from, and the same
 * numbers read the other way, for the transpose.
 *
 * <p>Half-pixel centres: position {@code i} of {@code to} lies at {@code (i + 0.5) * from / to - 0.5} of {@code from},
 * clamped to the first and the last position. Immutable.
 */
final class BilinearAxis {
    private final int from;
    private final int to;
    private final int[] lower;
    private final int[] upper;
    private final float[] lowerWeight;
    private final float[] upperWeight;
    private final int[] begin;
    private final int[] weightsBegin;
    private final float[] weights;
    private final float[] totals;
    private final float[] overlaps;
    private final float[] overlapsWithNext;

    /**
     * @param from native positions, at least 1
     * @param to enlarged positions, at least 1
     */
    BilinearAxis(int from, int to) {
        this.from = from;
        this.to = to;
        this.lower = new int[to];
        this.upper = new int[to];
        this.lowerWeight = new float[to];
        this.upperWeight = new float[to];
        for (var i = 0; i < to; i++) {
            var centre = Math.min(Math.max((i + 0.5) * from / to - 0.5, 0), from - 1);
            lower[i] = (int) centre;
            upper[i] = Math.min(lower[i] + 1, from - 1);
            upperWeight[i] = (float) (centre - lower[i]);
            lowerWeight[i] = 1 - upperWeight[i];
        }
        this.begin = new int[from];
        this.weightsBegin = new int[from + 1];
        this.weights = transposed();
        this.totals = new float[from];
        this.overlaps = new float[from];
        this.overlapsWithNext = new float[from];
        for (var n = 0; n < from; n++) {
            var total = 0.0;
            var overlap = 0.0;
            var overlapWithNext = 0.0;
            for (var i = 0; i < count(n); i++) {
                double weight = weight(n, i);
                total += weight;
                overlap += weight * weight;
                overlapWithNext += weight * weightIn(n + 1, begin[n] + i);
            }
            totals[n] = (float) total;
            overlaps[n] = (float) overlap;
            overlapsWithNext[n] = (float) overlapWithNext;
        }
    }

    private double weightIn(int n, int enlarged) {
        var inRun = n < from && enlarged >= begin[n] && enlarged < begin[n] + count(n);
        return inRun ? weight(n, enlarged - begin[n]) : 0;
    }

    /** Lower taps never decrease with i, so a native position is used by one unbroken run of enlarged positions. */
    private float[] transposed() {
        var counts = new int[from];
        for (var i = to - 1; i >= 0; i--) {
            begin[lower[i]] = i;
            begin[upper[i]] = i;
            counts[lower[i]]++;
            counts[upper[i]] += upper[i] > lower[i] ? 1 : 0;
        }
        for (var n = 0; n < from; n++) {
            weightsBegin[n + 1] = weightsBegin[n] + counts[n];
        }
        var transposed = new float[weightsBegin[from]];
        for (var i = 0; i < to; i++) {
            transposed[weightsBegin[lower[i]] + i - begin[lower[i]]] += lowerWeight[i];
            if (upper[i] > lower[i]) {
                transposed[weightsBegin[upper[i]] + i - begin[upper[i]]] += upperWeight[i];
            }
        }
        return transposed;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** The native position at or before an enlarged one. */
    int lower(int i) {
        return lower[i];
    }

    /** The native position after it; at the end the same as {@link #lower}. */
    int upper(int i) {
        return upper[i];
    }

    float lowerWeight(int i) {
        return lowerWeight[i];
    }

    float upperWeight(int i) {
        return upperWeight[i];
    }

    /** The first enlarged position that native position {@code n} takes part in. */
    int begin(int n) {
        return begin[n];
    }

    /** How many enlarged positions, one after another, native position {@code n} takes part in; 0 is possible. */
    int count(int n) {
        return weightsBegin[n + 1] - weightsBegin[n];
    }

    /** The weight of native position {@code n} in enlarged position {@code begin(n) + i}. */
    float weight(int n, int i) {
        return weights[weightsBegin[n] + i];
    }

    /** What native position {@code n} weighs in all enlarged positions together: a number of the transpose times ones. */
    float total(int n) {
        return totals[n];
    }

    /** The number of the transpose times the enlargement at native position {@code n} on the diagonal. */
    float overlap(int n) {
        return overlaps[n];
    }

    /** The same beside the diagonal, of positions {@code n} and {@code n + 1}; 0 at the end. */
    float overlapWithNext(int n) {
        return overlapsWithNext[n];
    }

    /** Enlarges {@code from} numbers to {@code to}. */
    void enlarge(float[] source, int sourceAt, float[] target, int targetAt) {
        for (var i = 0; i < to; i++) {
            target[targetAt + i] =
                    lowerWeight[i] * source[sourceAt + lower[i]] + upperWeight[i] * source[sourceAt + upper[i]];
        }
    }

    /** The transpose of {@link #enlarge}: shrinks {@code to} numbers to {@code from} weighted sums. */
    void shrink(double[] source, float[] target, int targetAt) {
        for (var n = 0; n < from; n++) {
            var at = weightsBegin[n];
            var length = weightsBegin[n + 1] - at;
            var first = begin[n];
            var even = 0.0;
            var odd = 0.0;
            var i = 0;
            for (; i + 1 < length; i += 2) {
                even += weights[at + i] * source[first + i];
                odd += weights[at + i + 1] * source[first + i + 1];
            }
            if (i < length) {
                even += weights[at + i] * source[first + i];
            }
            target[targetAt + n] = (float) (even + odd);
        }
    }
}

package org.chromaprep.hypercolumn;

/**
 * Hypercolumns in a few directions: the mean is subtracted, then each direction's coordinate is taken, (X - 1 m') V, by the
 * product X V of all pixels at once. Immutable; any number of threads may use it.
 */
public final class Projection {
    private final int count;
    private final float[] directions;
    private final double[] offsets;

    /**
     * @param mean a number a feature
     * @param directions one after another, each of as many numbers as the mean; kept and never written
     * @throws IllegalArgumentException if the directions are not at least one and whole
     */
    public Projection(double[] mean, float[] directions) {
        if (mean.length == 0 || directions.length == 0 || directions.length % mean.length != 0) {
            throw new IllegalArgumentException(
                    "Directions of " + mean.length + " features cannot have " + directions.length + " numbers.");
        }
        this.count = directions.length / mean.length;
        this.directions = directions;
        this.offsets = new double[count];
        for (var i = 0; i < directions.length; i++) {
            offsets[i / mean.length] += directions[i] * mean[i % mean.length];
        }
    }

    /** How many directions there are. */
    public int count() {
        return count;
    }

    /**
     * Every pixel's coordinate in each direction.
     *
     * @param planes receives {@link #count} planes of the grid's pixels
     * @throws IllegalArgumentException if the array is too short or the matrix has another number of features
     */
    public void apply(HypercolumnMatrix x, float[] planes) {
        if (x.features() * count != directions.length) {
            throw new IllegalArgumentException("Directions of " + directions.length / count
                    + " features do not go with hypercolumns of " + x.features() + ".");
        }
        x.times(directions, count, planes);
        var pixels = x.grid().pixels();
        for (var j = 0; j < count; j++) {
            for (var i = j * pixels; i < (j + 1) * pixels; i++) {
                planes[i] -= (float) offsets[j];
            }
        }
    }
}

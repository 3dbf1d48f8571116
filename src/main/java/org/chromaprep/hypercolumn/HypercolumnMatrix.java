package org.chromaprep.hypercolumn;

import java.util.Optional;

/**
 * The hypercolumn matrix X of one frame: a row for each pixel of the {@link #grid}, a column for each feature, known by
 * its products alone.
 *
 * <p>Columns of V and W, and the planes that X V gives, are stored one after another: number {@code i} of column
 * {@code j} lies at {@code j * length + i}. Implementations keep scratch memory of their own, so a matrix is used by one
 * thread at a time, except for {@link #gather}, which any number of threads may call.
 */
public interface HypercolumnMatrix {
    /** The pixel grid: {@code grid().pixels()} rows. */
    Grid grid();

    /** Features of a hypercolumn: the matrix's columns. */
    int features();

    /**
     * Has others help with products from now on, where that is possible. Results stay the same.
     *
     * @param helpers used by whoever uses this matrix; stay the caller's
     */
    default void use(Crew helpers) {}

    /**
     * X V: each native map times its rows of V, the few resulting planes enlarged and added.
     *
     * @param v {@code columns} columns of {@link #features} numbers
     * @param columns how many, at least 1
     * @param planes receives {@code columns} planes of {@code grid().pixels()} numbers
     * @throws IllegalArgumentException if an array is too short
     */
    void times(float[] v, int columns, float[] planes);

    /**
     * X'W: W's planes shrunk by the exact transpose of the enlargement onto each native map and multiplied.
     *
     * @param w {@code columns} planes of {@code grid().pixels()} numbers
     * @param columns how many, at least 1
     * @param sums receives {@code columns} columns of {@link #features} numbers
     * @throws IllegalArgumentException if an array is too short
     */
    void transposeTimes(float[] w, int columns, double[] sums);

    /**
     * Each pixel's squared Euclidean norm, from the maps' neighbour products.
     *
     * @param norms receives {@code grid().pixels()} numbers
     * @throws IllegalArgumentException if the array is too short
     */
    void squaredNorms(double[] norms);

    /**
     * X V at chosen pixels, for one column. Meant for few pixels: what lies between them is read in part.
     *
     * @param v {@link #features} numbers
     * @param pixels pixel numbers in {@code 0 .. grid().pixels() - 1}, each at most once
     * @param count how many of them, from the first
     * @param plane receives a number at each of those pixels; its other numbers stay
     * @throws IllegalArgumentException if an array is too short
     * @throws IndexOutOfBoundsException if a pixel lies outside the grid
     */
    void times(float[] v, int[] pixels, int count, float[] plane);

    /**
     * Sums over all pixels and over each layer's features, and X V as {@link #times} gives it. Cheaper than one after
     * another, each of which reads the maps anew.
     *
     * @param totals receives the sums
     * @param v {@code columns} columns of {@link #features} numbers
     * @param columns how many; 0 for the sums alone
     * @param planes receives {@code columns} planes of {@code grid().pixels()} numbers
     * @throws IllegalArgumentException if an array is too short
     */
    void totals(HypercolumnTotals totals, float[] v, int columns, float[] planes);

    /** Where the layers' columns end, in hypercolumn order: a layer begins at the end of the one before, the first at 0. */
    int[] layerEnds();

    /**
     * Whether no number of the matrix can be negative, as after ReLU, so that sums over features bound its products. False
     * also where a whole product costs less than to find out what the bounds spare.
     */
    boolean isRectified();

    /**
     * Hypercolumns of chosen pixels: four neighbours of each native map. Safe for use by several threads.
     *
     * @param pixels pixel numbers in {@code 0 .. grid().pixels() - 1}
     * @param rows receives {@code pixels.length} rows of {@link #features} numbers
     * @throws IllegalArgumentException if the array is too short
     * @throws IndexOutOfBoundsException if a pixel lies outside the grid
     */
    void gather(int[] pixels, float[] rows);

    /**
     * Begins Lloyd's iterations of k-means where the maps lie, for matrices whose products cost more to ask for than to
     * compute. The run may continue while others are begun; it uses the maps until it is awaited or closed.
     *
     * @return empty where they are done by products as well
     */
    default Optional<LloydRun> lloyd(LloydSettings settings, LloydStart start) {
        return Optional.empty();
    }
}

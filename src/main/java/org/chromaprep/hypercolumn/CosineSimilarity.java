package org.chromaprep.hypercolumn;

/**
 * How like one pixel's hypercolumn every pixel's is: the cosine of the angle between them, -1 to 1; 0 where a hypercolumn is zero.
 * Stateless.
 */
public final class CosineSimilarity {
    private CosineSimilarity() {}

    /**
     * One product X V, V being the pixel's hypercolumn.
     *
     * @param squaredNorms of every pixel, as {@link HypercolumnMatrix#squaredNorms} gives them
     * @return a number for each grid pixel
     * @throws IndexOutOfBoundsException if the pixel lies outside the grid
     */
    public static float[] to(int pixel, HypercolumnMatrix matrix, double[] squaredNorms) {
        var row = new float[matrix.features()];
        matrix.gather(new int[] {pixel}, row);
        var own = 0.0;
        for (var value : row) {
            own += (double) value * value;
        }
        var cosines = new float[matrix.grid().pixels()];
        matrix.times(row, 1, cosines);
        for (var i = 0; i < cosines.length; i++) {
            var length = Math.sqrt(own * squaredNorms[i]);
            cosines[i] = length > 0 ? (float) Math.max(-1, Math.min(1, cosines[i] / length)) : 0;
        }
        return cosines;
    }
}

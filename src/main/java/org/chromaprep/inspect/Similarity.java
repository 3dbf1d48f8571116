package org.chromaprep.inspect;

import org.chromaprep.hypercolumn.HypercolumnMatrix;

/**
 * How like one pixel's hypercolumn every pixel's is: the cosine of the angle between them, -1 to 1; 0 where a
 * hypercolumn is zero.
 *
 * @param x the pixel's column
 * @param y the pixel's row
 * @param cosine for each grid pixel
 */
public record Similarity(int x, int y, Plane cosine) {
    /** One product X V, V being the pixel's hypercolumn. */
    static Similarity of(HypercolumnMatrix matrix, double[] squaredNorms, int pixel) {
        var row = new float[matrix.features()];
        matrix.gather(new int[] {pixel}, row);
        var own = 0.0;
        for (var value : row) {
            own += (double) value * value;
        }
        var plane = new float[matrix.grid().pixels()];
        matrix.times(row, 1, plane);
        for (var i = 0; i < plane.length; i++) {
            var length = Math.sqrt(own * squaredNorms[i]);
            plane[i] = length > 0 ? (float) Math.max(-1, Math.min(1, plane[i] / length)) : 0;
        }
        var x = pixel % matrix.grid().width();
        var y = pixel / matrix.grid().width();
        return new Similarity(x, y, new Plane("similarity-" + x + "-" + y, matrix.grid(), plane));
    }
}

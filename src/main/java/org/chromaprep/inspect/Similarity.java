package org.chromaprep.inspect;

import org.chromaprep.hypercolumn.CosineSimilarity;
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
        var plane = CosineSimilarity.to(pixel, matrix, squaredNorms);
        var x = pixel % matrix.grid().width();
        var y = pixel / matrix.grid().width();
        return new Similarity(x, y, new Plane("similarity-" + x + "-" + y, matrix.grid(), plane));
    }
}

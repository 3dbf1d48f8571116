package org.chromaprep.inspect;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.PrincipalComponents;
import org.chromaprep.hypercolumn.Projection;
import org.chromaprep.hypercolumn.StratifiedSampling;

/**
 * The hypercolumns in the three directions in which a sample of them differs most (principal components; features are
 * centred, not standardised).
 *
 * @param samples pixel numbers of the sample
 * @param variances along each component
 * @param explained each component's part of all variance, 0 to 1
 * @param scores every grid pixel's coordinate along each component
 */
public record Embedding(int[] samples, double[] variances, double[] explained, List<Plane> scores) {
    private static final int COMPONENTS = 3;

    /** Gathers samples, finds their components, and gives all pixels coordinates by one product with three columns. */
    static Embedding of(HypercolumnMatrix x, StratifiedSampling sampling, long frame) {
        var samples = sampling.pixels(frame);
        var rows = new float[Math.multiplyExact(samples.length, x.features())];
        x.gather(samples, rows);
        var principal = PrincipalComponents.of(rows, x.features(), COMPONENTS);
        var directions = new float[COMPONENTS * x.features()];
        for (var i = 0; i < directions.length; i++) {
            directions[i] = (float) principal.components()[i];
        }
        var pixels = x.grid().pixels();
        var planes = new float[COMPONENTS * pixels];
        new Projection(principal.mean(), directions).apply(x, planes);
        var scores = IntStream.range(0, COMPONENTS)
                .mapToObj(j ->
                        new Plane("pca-" + (j + 1), x.grid(), Arrays.copyOfRange(planes, j * pixels, (j + 1) * pixels)))
                .toList();
        var total = principal.totalVariance();
        var explained = Arrays.stream(principal.variances())
                .map(v -> total > 0 ? v / total : 0)
                .toArray();
        return new Embedding(samples, principal.variances(), explained, scores);
    }
}

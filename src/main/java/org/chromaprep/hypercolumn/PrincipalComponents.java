package org.chromaprep.hypercolumn;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.CblasUpper;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dsyevr;
import static org.bytedeco.openblas.global.openblas.LAPACK_ROW_MAJOR;
import static org.bytedeco.openblas.global.openblas.cblas_dsyrk;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * The directions in which hypercolumns differ most: principal components by the eigenvectors of the smaller of the two
 * Gram matrices of centred samples, or of a covariance (OpenBLAS' LAPACK), in double precision.
 *
 * <p>A component's sign is free; here its largest number by magnitude is positive. Where the samples differ in fewer
 * directions than asked for, the components left over are zeros and explain nothing.
 *
 * @param mean of the samples: a number a feature
 * @param components unit vectors, one after another: feature {@code f} of component {@code j} lies at {@code j *
 *     features + f}
 * @param variances of the samples along each component (divided by samples - 1), greatest first
 * @param totalVariance of the samples, all features added up
 */
public record PrincipalComponents(double[] mean, double[] components, double[] variances, double totalVariance) {
    /** Eigenvalues below this part of the greatest are rounding. */
    private static final double NOTHING = 1e-12;

    /**
     * Finds the components of samples.
     *
     * @param rows hypercolumns one after another, as {@link HypercolumnMatrix#gather} gives them
     * @param features numbers of a hypercolumn
     * @param count components wanted, at least 1
     * @throws IllegalArgumentException if there are fewer than two samples or fewer features than components, or a
     *     number is not finite
     */
    public static PrincipalComponents of(float[] rows, int features, int count) {
        var samples = rows.length / features;
        if (samples < 2 || count < 1 || count > features || rows.length != samples * features) {
            throw new IllegalArgumentException("Principal components need at least two samples and one feature a "
                    + "component, not " + samples + " samples of " + features + " features for " + count + ".");
        }
        var mean = mean(rows, features);
        var centred = new double[rows.length];
        var total = 0.0;
        for (var i = 0; i < rows.length; i++) {
            centred[i] = rows[i] - mean[i % features];
            total += centred[i] * centred[i];
        }
        if (!Double.isFinite(total)) {
            throw new IllegalArgumentException("The hypercolumns hold numbers that are not finite; "
                    + "check the weights, or compute with a higher precision.");
        }
        var components = new double[count * features];
        var variances = new double[count];
        if (total > 0) {
            fill(centred, samples, features, components, variances);
        }
        return new PrincipalComponents(mean, components, variances, total / (samples - 1));
    }

    /**
     * Finds the components of a covariance.
     *
     * @param mean a number a feature
     * @param covariance row by row; only its diagonal and what lies above are read
     * @param count components wanted, 1 to features
     */
    static PrincipalComponents ofCovariance(double[] mean, double[] covariance, int count) {
        var features = mean.length;
        var total = 0.0;
        for (var f = 0; f < features; f++) {
            total += covariance[f * features + f];
        }
        var components = new double[count * features];
        var variances = new double[count];
        if (total > 0) {
            var vectors = new double[features * count];
            try (var matrix = new DoublePointer(covariance)) {
                var values = eigen(matrix, features, count, vectors);
                for (var j = 0; j < count; j++) {
                    var column = count - 1 - j;
                    if (values[column] > NOTHING * values[count - 1]) {
                        variances[j] = values[column];
                        var component = column(vectors, count, column);
                        scale(component);
                        System.arraycopy(component, 0, components, j * features, features);
                    }
                }
            }
        }
        return new PrincipalComponents(mean, components, variances, total);
    }

    private static double[] mean(float[] rows, int features) {
        var mean = new double[features];
        for (var i = 0; i < rows.length; i++) {
            mean[i % features] += rows[i];
        }
        for (var f = 0; f < features; f++) {
            mean[f] /= rows.length / features;
        }
        return mean;
    }

    private static void fill(double[] centred, int samples, int features, double[] components, double[] variances) {
        var bySample = samples < features;
        var order = bySample ? samples : features;
        var wanted = Math.min(variances.length, order);
        var vectors = new double[order * wanted];
        var values = eigen(centred, samples, features, bySample, wanted, vectors);
        for (var j = 0; j < wanted; j++) {
            // LAPACK orders eigenvalues upwards.
            var column = wanted - 1 - j;
            if (values[column] <= NOTHING * values[wanted - 1]) {
                continue;
            }
            variances[j] = values[column] / (samples - 1);
            var component =
                    bySample ? combine(centred, features, vectors, wanted, column) : column(vectors, wanted, column);
            scale(component);
            System.arraycopy(component, 0, components, j * features, features);
        }
    }

    /** The greatest eigenvalues of the Gram matrix, upwards; their vectors become the columns of {@code vectors}. */
    private static double[] eigen(
            double[] centred, int samples, int features, boolean bySample, int wanted, double[] vectors) {
        var order = bySample ? samples : features;
        try (var a = new DoublePointer(centred);
                var gram = new DoublePointer((long) order * order)) {
            cblas_dsyrk(
                    CblasRowMajor,
                    CblasUpper,
                    bySample ? CblasNoTrans : CblasTrans,
                    order,
                    bySample ? features : samples,
                    1,
                    a,
                    features,
                    0,
                    gram,
                    order);
            return eigen(gram, order, wanted, vectors);
        }
    }

    /** The same of a symmetric matrix, whose lower triangle is not read and whose numbers are lost. */
    private static double[] eigen(DoublePointer gram, int order, int wanted, double[] vectors) {
        try (var values = new DoublePointer((long) order);
                var z = new DoublePointer((long) order * wanted);
                var support = new IntPointer(2L * order);
                var found = new IntPointer(1)) {
            var failure = LAPACKE_dsyevr(
                    LAPACK_ROW_MAJOR,
                    (byte) 'V',
                    (byte) 'I',
                    (byte) 'U',
                    order,
                    gram,
                    order,
                    0,
                    0,
                    order - wanted + 1,
                    order,
                    0,
                    found,
                    values,
                    z,
                    wanted,
                    support);
            if (failure != 0) {
                throw new IllegalStateException(
                        "LAPACK found no eigenvectors of a matrix of order " + order + " (" + failure + ").");
            }
            z.get(vectors);
            var greatest = new double[wanted];
            values.get(greatest);
            return greatest;
        }
    }

    private static double[] combine(double[] centred, int features, double[] vectors, int width, int column) {
        var component = new double[features];
        for (var i = 0; i < centred.length; i++) {
            component[i % features] += vectors[i / features * width + column] * centred[i];
        }
        return component;
    }

    private static double[] column(double[] vectors, int width, int column) {
        var component = new double[vectors.length / width];
        for (var f = 0; f < component.length; f++) {
            component[f] = vectors[f * width + column];
        }
        return component;
    }

    private static void scale(double[] component) {
        var norm = 0.0;
        var largest = 0.0;
        for (var number : component) {
            norm += number * number;
            largest = Math.abs(number) > Math.abs(largest) ? number : largest;
        }
        var factor = Math.signum(largest) / Math.sqrt(norm);
        for (var f = 0; f < component.length; f++) {
            component[f] *= factor;
        }
    }
}

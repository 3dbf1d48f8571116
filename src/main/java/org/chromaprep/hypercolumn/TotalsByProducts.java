package org.chromaprep.hypercolumn;

import java.util.Arrays;

/**
 * Takes a matrix's totals by its products alone, for matrices that have no cheaper way. Its memory is made at the first use and
 * written again for each frame. One thread.
 */
public final class TotalsByProducts {
    private float[] ones = {};
    private float[] indicators = {};
    private float[] planes = {};
    private double[] norms = {};

    /**
     * Takes the totals.
     *
     * @param x whose
     * @param totals receives them
     */
    public void take(HypercolumnMatrix x, HypercolumnTotals totals) {
        var pixels = x.grid().pixels();
        var ends = x.layerEnds();
        totals.fit(x.features(), ends.length, pixels);
        fit(x, ends, pixels);
        x.transposeTimes(ones, 1, totals.features());
        x.times(indicators, ends.length, planes);
        for (var layer = 0; layer < ends.length; layer++) {
            System.arraycopy(planes, layer * pixels, totals.layer(layer), 0, pixels);
        }
        x.squaredNorms(norms);
        totals.setSquares(Arrays.stream(norms).sum());
    }

    private void fit(HypercolumnMatrix x, int[] ends, int pixels) {
        if (planes.length == ends.length * pixels && indicators.length == ends.length * x.features()) {
            return;
        }
        ones = new float[pixels];
        Arrays.fill(ones, 1);
        norms = new double[pixels];
        planes = new float[ends.length * pixels];
        indicators = new float[ends.length * x.features()];
        for (var layer = 0; layer < ends.length; layer++) {
            var column = layer * x.features();
            Arrays.fill(indicators, column + (layer == 0 ? 0 : ends[layer - 1]), column + ends[layer], 1);
        }
    }
}

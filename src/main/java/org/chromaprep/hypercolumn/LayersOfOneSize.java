package org.chromaprep.hypercolumn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All layers of one native size: their planes are added up before the one enlargement that they share. What is computed of the maps
 * themselves is so in {@link MapBand}s, whose number depends on the maps alone, and is put together in their order here.
 */
final class LayersOfOneSize {
    /** Numbers of a band: enough to be worth a thread's while, few enough that bands of several maps come out even. */
    private static final int BAND_NUMBERS = 400_000;

    private final List<PlacedMap> layers;
    private final Bilinear bilinear;
    private final int positions;
    private final int features;
    private final List<MapBand> bands = new ArrayList<>();
    private FloatBuffer planes = Blas.allocate(0);
    private final float[] plane;
    /** The sums of positions' features, by layer; none where the maps have the grid's size, whose planes take them at once. */
    private final List<float[]> positionSums = new ArrayList<>();

    private final UsedStretches used;

    /**
     * @param layers at least one, all of one size
     * @param features of a hypercolumn, all layers of all sizes
     */
    LayersOfOneSize(List<PlacedMap> layers, Grid grid, int features) {
        var first = layers.get(0).map();
        this.layers = layers;
        this.bilinear = new Bilinear(first.height(), first.width(), grid);
        this.positions = first.positions();
        this.features = features;
        this.plane = new float[positions];
        this.used = new UsedStretches(positions);
        if (!bilinear.isIdentity()) {
            layers.forEach(layer -> positionSums.add(new float[positions]));
        }
        var numbers = layers.stream()
                .mapToLong(layer -> (long) positions * layer.map().channels())
                .sum();
        var rows = Math.max(1, (int) (first.height() * (long) BAND_NUMBERS / numbers));
        // A band begins where a stretch does, whatever the width.
        rows = (rows + UsedStretches.LENGTH - 1) / UsedStretches.LENGTH * UsedStretches.LENGTH;
        for (var y = 0; y < first.height(); y += rows) {
            bands.add(
                    new MapBand(layers, bilinear, features, used, positionSums, y, Math.min(first.height(), y + rows)));
        }
    }

    List<PlacedMap> layers() {
        return layers;
    }

    List<MapBand> bands() {
        return bands;
    }

    Bilinear bilinear() {
        return bilinear;
    }

    /** Makes room for so many columns, of V and of planes, and has the bands share it. */
    void reserve(int columns, FloatBuffer v) {
        planes = Blas.allocate((long) columns * positions);
        bands.forEach(band -> band.share(v, planes, columns));
    }

    /** Adds the native planes that the bands have written to planes of the grid. */
    void addPlanes(int columns, float[] grid, int pixels) {
        for (var j = 0; j < columns; j++) {
            planes.get(j * positions, plane);
            if (bilinear.isIdentity()) {
                add(grid, j * pixels);
            } else {
                bilinear.addEnlarged(plane, 0, grid, j * pixels);
            }
        }
    }

    private void add(float[] grid, int at) {
        for (var i = 0; i < plane.length; i++) {
            grid[at + i] += plane[i];
        }
    }

    /** Marks the stretches of positions that chosen pixels are mixed from. */
    void markUsed(int[] pixels, int count) {
        used.clear();
        for (var i = 0; i < count; i++) {
            markUsed(pixels[i]);
        }
    }

    private void markUsed(int pixel) {
        if (bilinear.isIdentity()) {
            used.mark(pixel);
            return;
        }
        var rows = bilinear.rows();
        var columns = bilinear.columns();
        var above = rows.lower(pixel / columns.to()) * columns.from();
        var below = rows.upper(pixel / columns.to()) * columns.from();
        var left = columns.lower(pixel % columns.to());
        var right = columns.upper(pixel % columns.to());
        used.mark(above + left);
        used.mark(above + right);
        used.mark(below + left);
        used.mark(below + right);
    }

    /** Adds the native plane that the bands have written at its used stretches to those pixels of a plane of the grid. */
    void addAt(int[] pixels, int count, float[] grid) {
        planes.get(0, plane);
        for (var i = 0; i < count; i++) {
            grid[pixels[i]] += bilinear.isIdentity() ? plane[pixels[i]] : bilinear.enlarged(plane, pixels[i]);
        }
    }

    /** Shrinks W's planes to native ones, for the bands, and marks the stretches of positions where any is not zero. */
    void shrink(float[] w, int columns, int pixels) {
        used.clear();
        for (var j = 0; j < columns; j++) {
            if (bilinear.isIdentity()) {
                System.arraycopy(w, j * pixels, plane, 0, positions);
            } else {
                bilinear.shrink(w, j * pixels, plane, 0);
            }
            planes.put(j * positions, plane);
            used.markNonZero(plane);
        }
    }

    /** Enlarges the sums of the positions' features. */
    void enlargeSums(HypercolumnTotals into) {
        for (var i = 0; i < positionSums.size(); i++) {
            var sums = into.layer(layers.get(i).place());
            Arrays.fill(sums, 0);
            bilinear.addEnlarged(positionSums.get(i), 0, sums, 0);
        }
    }

    /** Writes the layers' features of what the bands have summed up, in the bands' order. */
    void addResults(int columns, double[] into) {
        for (var i = 0; i < layers.size(); i++) {
            for (var j = 0; j < columns; j++) {
                var at = j * features + layers.get(i).firstFeature();
                Arrays.fill(into, at, at + layers.get(i).map().channels(), 0);
            }
            for (var b = 0; b < bands.size(); b++) {
                bands.get(b).addResult(i, columns, into);
            }
        }
    }

    /** The sum of the squares of the totals that the bands have taken last. */
    double squares() {
        var squares = 0.0;
        for (var b = 0; b < bands.size(); b++) {
            squares += bands.get(b).squares();
        }
        return squares;
    }
}

package org.chromaprep.hypercolumn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;

/**
 * The hypercolumn matrix of feature maps that stay where they are.
 *
 * <p>Products read the maps' memory at each call and remember nothing of the values, so an engine may rewrite the maps
 * for the next frame between calls. Single products are float; sums over positions are added in double every few
 * hundred positions. Scratch memory is allocated once and grows when more columns are asked for; apart from that, {@link
 * #times}, {@link #transposeTimes}, {@link #squaredNorms} and {@link #totals} allocate nothing to speak of. They run on the calling
 * thread, and on those of a {@link Crew} that it was given, which do not change a bit of the results. Making a matrix sets OpenBLAS,
 * for the whole process, to one thread. A library that raises the number afterwards slows the products down, but does not change
 * what they mean.
 *
 * <p>Memory outside the heap is freed by the garbage collector; nothing needs closing.
 */
public final class MapHypercolumnMatrix implements HypercolumnMatrix {
    private final Grid grid;
    private final int features;
    private final HypercolumnShape shape;
    private final int widest;
    private final List<LayersOfOneSize> resolutions;
    private final List<SquaredNorms> squaredNorms;
    private final int[] layerEnds;
    private final boolean rectified;
    private final List<MapBand> bands;
    private Crew crew = Crew.NOBODY;
    private FloatBuffer directions = Blas.allocate(0);
    private int reserved;

    /**
     * A matrix of maps that may hold negative numbers.
     *
     * @param grid the pixel grid; smaller or larger than the maps or equal
     * @param maps the layers in hypercolumn order, at least one; kept and read, never written
     * @throws IllegalArgumentException if there is no map
     */
    public MapHypercolumnMatrix(Grid grid, List<FeatureMap> maps) {
        this(grid, maps, false);
    }

    /**
     * @param grid the pixel grid; smaller or larger than the maps or equal
     * @param maps the layers in hypercolumn order, at least one; kept and read, never written
     * @param rectified whether the maps never hold a negative number; what relies on it is wrong where that is not so
     * @throws IllegalArgumentException if there is no map
     */
    public MapHypercolumnMatrix(Grid grid, List<FeatureMap> maps, boolean rectified) {
        if (maps.isEmpty()) {
            throw new IllegalArgumentException("Hypercolumns need at least one feature map; name a layer.");
        }
        Blas.useOneThread();
        this.grid = grid;
        this.features = maps.stream().mapToInt(FeatureMap::channels).sum();
        this.shape = new HypercolumnShape(grid, features);
        this.widest = maps.stream().mapToInt(FeatureMap::channels).max().orElseThrow();
        var bySize = new LinkedHashMap<List<Integer>, List<PlacedMap>>();
        var first = 0;
        var place = 0;
        for (var map : maps) {
            bySize.computeIfAbsent(List.of(map.height(), map.width()), size -> new ArrayList<>())
                    .add(new PlacedMap(map, place, first));
            first += map.channels();
            place++;
        }
        this.resolutions = bySize.values().stream()
                .map(layers -> new LayersOfOneSize(List.copyOf(layers), grid, features))
                .toList();
        this.bands = resolutions.stream()
                .flatMap(resolution -> resolution.bands().stream())
                .toList();
        this.squaredNorms = resolutions.stream()
                .flatMap(resolution -> resolution.layers().stream()
                        .map(layer -> CheapestWay.squaredNorms(layer.map(), resolution.bilinear())))
                .toList();
        this.layerEnds = new int[maps.size()];
        Arrays.setAll(layerEnds, i -> maps.subList(0, i + 1).stream()
                .mapToInt(FeatureMap::channels)
                .sum());
        this.rectified = rectified;
    }

    @Override
    public Grid grid() {
        return grid;
    }

    @Override
    public int features() {
        return features;
    }

    @Override
    public void use(Crew helpers) {
        crew = helpers;
    }

    @Override
    public void times(float[] v, int columns, float[] planes) {
        begin(v, columns, planes);
        crew.share(bands.size(), band -> bands.get(band).times(columns));
        addPlanes(columns, planes);
    }

    private void begin(float[] v, int columns, float[] planes) {
        shape.checkProduct(columns, v.length, planes.length);
        reserve(columns);
        directions.put(0, v, 0, columns * features);
    }

    private void addPlanes(int columns, float[] planes) {
        Arrays.fill(planes, 0, columns * grid.pixels(), 0);
        for (var i = 0; i < resolutions.size(); i++) {
            resolutions.get(i).addPlanes(columns, planes, grid.pixels());
        }
    }

    private void reserve(int columns) {
        if (reserved < columns) {
            reserved = columns;
            directions = Blas.allocate((long) columns * features);
            resolutions.forEach(resolution -> resolution.reserve(columns, directions));
        }
    }

    @Override
    public void transposeTimes(float[] w, int columns, double[] sums) {
        shape.checkProduct(columns, sums.length, w.length);
        reserve(columns);
        crew.share(resolutions.size(), i -> resolutions.get(i).shrink(w, columns, grid.pixels()));
        crew.share(bands.size(), band -> bands.get(band).transposeTimes(columns));
        for (var i = 0; i < resolutions.size(); i++) {
            resolutions.get(i).addResults(columns, sums);
        }
    }

    @Override
    public void squaredNorms(double[] norms) {
        shape.checkProduct(1, features, norms.length);
        Arrays.fill(norms, 0, grid.pixels(), 0);
        for (var i = 0; i < squaredNorms.size(); i++) {
            squaredNorms.get(i).addTo(norms);
        }
    }

    @Override
    public void times(float[] v, int[] pixels, int count, float[] plane) {
        shape.checkProduct(1, v.length, plane.length);
        reserve(1);
        directions.put(0, v, 0, features);
        for (var i = 0; i < count; i++) {
            plane[Objects.checkIndex(pixels[i], grid.pixels())] = 0;
        }
        crew.share(resolutions.size(), i -> resolutions.get(i).markUsed(pixels, count));
        crew.share(bands.size(), band -> bands.get(band).timesUsed());
        for (var i = 0; i < resolutions.size(); i++) {
            resolutions.get(i).addAt(pixels, count, plane);
        }
    }

    @Override
    public void totals(HypercolumnTotals into, float[] v, int columns, float[] planes) {
        into.fit(features(), layerEnds.length, grid().pixels());
        reserve(Math.max(1, columns));
        if (columns > 0) {
            begin(v, columns, planes);
        }
        var together = columns <= MapBand.FEW_COLUMNS ? columns : 0;
        crew.share(bands.size(), band -> bands.get(band).totals(into, together));
        crew.share(resolutions.size(), i -> resolutions.get(i).enlargeSums(into));
        var squares = 0.0;
        for (var i = 0; i < resolutions.size(); i++) {
            resolutions.get(i).addResults(1, into.features());
            squares += resolutions.get(i).squares();
        }
        into.setSquares(squares);
        if (together > 0) {
            addPlanes(columns, planes);
        } else if (columns > 0) {
            times(v, columns, planes);
        }
    }

    @Override
    public int[] layerEnds() {
        return layerEnds.clone();
    }

    @Override
    public boolean isRectified() {
        return rectified;
    }

    @Override
    public void gather(int[] pixels, float[] rows) {
        shape.checkGather(pixels, rows);
        var four = new Four(widest);
        for (var resolution : resolutions) {
            for (var layer : resolution.layers()) {
                for (var i = 0; i < pixels.length; i++) {
                    gather(
                            resolution.bilinear(),
                            layer.map(),
                            pixels[i],
                            four,
                            rows,
                            i * features + layer.firstFeature());
                }
            }
        }
    }

    private void gather(Bilinear bilinear, FeatureMap map, int pixel, Four four, float[] rows, int at) {
        var channels = map.channels();
        if (bilinear.isIdentity()) {
            map.values().get(pixel * channels, rows, at, channels);
            return;
        }
        var vertical = bilinear.rows();
        var horizontal = bilinear.columns();
        var y = pixel / grid.width();
        var x = pixel % grid.width();
        var above = vertical.lower(y) * map.width();
        var below = vertical.upper(y) * map.width();
        map.values().get((above + horizontal.lower(x)) * channels, four.upperLeft, 0, channels);
        map.values().get((above + horizontal.upper(x)) * channels, four.upperRight, 0, channels);
        map.values().get((below + horizontal.lower(x)) * channels, four.lowerLeft, 0, channels);
        map.values().get((below + horizontal.upper(x)) * channels, four.lowerRight, 0, channels);
        four.mix(
                channels,
                horizontal.lowerWeight(x),
                horizontal.upperWeight(x),
                vertical.lowerWeight(y),
                vertical.upperWeight(y));
        System.arraycopy(four.mixed, 0, rows, at, channels);
    }

    /**
     * The neighbours of an enlarged pixel, and what it is mixed to. The compiler makes vector instructions only of loops that
     * use all their arrays at the same place.
     */
    private static final class Four {
        private final float[] upperLeft;
        private final float[] upperRight;
        private final float[] lowerLeft;
        private final float[] lowerRight;
        private final float[] mixed;

        Four(int channels) {
            upperLeft = new float[channels];
            upperRight = new float[channels];
            lowerLeft = new float[channels];
            lowerRight = new float[channels];
            mixed = new float[channels];
        }

        void mix(int channels, float left, float right, float top, float bottom) {
            mix(
                    channels,
                    top * left,
                    upperLeft,
                    top * right,
                    upperRight,
                    bottom * left,
                    lowerLeft,
                    bottom * right,
                    lowerRight,
                    mixed);
        }

        private static void mix(
                int n, float p, float[] a, float q, float[] b, float r, float[] c, float s, float[] d, float[] into) {
            for (var i = 0; i < n; i++) {
                into[i] = p * a[i] + q * b[i] + (r * c[i] + s * d[i]);
            }
        }
    }
}

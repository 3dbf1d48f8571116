package org.chromaprep.engine.pytorch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What never changes about the enlargement of a frame's maps to the grid: the matrices of its two axes for each native size,
 * and what follows from them, on the device. Made once and shared by all that compute; whoever made it closes it, after them.
 */
final class DeviceGrid implements AutoCloseable {
    /** Native positions that an enlarged one is mixed from. */
    static final int NEIGHBOURS = 4;

    /**
     * What belongs to one native size that is not the grid's. Matrices are in single precision unless it says otherwise.
     *
     * @param columns grid width x width
     * @param columnsTransposed width x grid width
     * @param rowOverlaps height x height: the rows' matrix, transposed, times itself
     * @param columnOverlaps width x width, likewise
     * @param rowSquares grid height x height in double precision: the weights' squares
     * @param rowProducts grid height x (height - 1) in double precision: twice the products of neighbouring weights
     * @param columnSquares width x grid width in double precision, as {@code rowSquares}, but transposed
     * @param columnProducts (width - 1) x grid width in double precision, as {@code rowProducts}, but transposed
     * @param diagonals half of {@code columnProducts}
     */
    record Enlargement(
            Tensor columns,
            Tensor columnsTransposed,
            Tensor rowOverlaps,
            Tensor columnOverlaps,
            Tensor rowSquares,
            Tensor rowProducts,
            Tensor columnSquares,
            Tensor columnProducts,
            Tensor diagonals) {}

    /**
     * What belongs to any native size, the grid's too.
     *
     * @param enlargement empty where nothing is enlarged
     * @param totals height x 1 x width: what each position weighs in all of the grid's pixels together
     * @param neighbours grid pixels x {@value #NEIGHBOURS}, whole numbers of 32 bits: the positions that a pixel is mixed from
     * @param shares grid pixels x {@value #NEIGHBOURS}: their weights
     */
    record Constants(Optional<Enlargement> enlargement, Tensor totals, Tensor neighbours, Tensor shares) {}

    private final PointerScope tensors;
    private final MapLayout layout;
    private final List<Constants> constants = new ArrayList<>();
    private final Tensor rows;
    private final Tensor rowsTransposed;

    DeviceGrid(Placement placement, MapLayout layout) {
        this.layout = layout;
        var grid = layout.grid();
        try (var scope = new PointerScope()) {
            rows = placement.zeros(ScalarType.Float, grid.height(), layout.stackedRows());
            for (var size : layout.sizes()) {
                var vertical = new DeviceAxis(placement, size.height(), grid.height());
                var horizontal = new DeviceAxis(placement, size.width(), grid.width());
                if (!size.identity()) {
                    rows.narrow(1, size.firstRow(), size.height()).copy_(vertical.single());
                }
                constants.add(constants(placement, size, vertical, horizontal));
            }
            rowsTransposed = rows.t();
            tensors = scope.extend();
        }
    }

    private Constants constants(Placement placement, MapLayout.Size size, DeviceAxis vertical, DeviceAxis horizontal) {
        var enlargement = Optional.<Enlargement>empty();
        if (!size.identity()) {
            var columns = horizontal.single();
            enlargement = Optional.of(new Enlargement(
                    columns,
                    columns.t(),
                    vertical.overlaps(),
                    horizontal.overlaps(),
                    vertical.squares(),
                    vertical.products(2),
                    horizontal.squares().t(),
                    horizontal.products(2).t(),
                    horizontal.products(1).t()));
        }
        var pixels = layout.grid().pixels();
        var neighbours = new int[NEIGHBOURS * pixels];
        var shares = new float[NEIGHBOURS * pixels];
        for (var pixel = 0; pixel < pixels; pixel++) {
            mix(pixel, vertical, horizontal, neighbours, shares);
        }
        var device = placement.torchDevice();
        return new Constants(
                enlargement,
                totals(placement, vertical, horizontal),
                torch.from_blob(
                                new IntPointer(neighbours),
                                new long[] {pixels, NEIGHBOURS},
                                new TensorOptions(ScalarType.Int))
                        .clone()
                        .to(device, ScalarType.Int),
                torch.from_blob(new FloatPointer(shares), pixels, NEIGHBOURS)
                        .clone()
                        .to(device, ScalarType.Float));
    }

    private void mix(int pixel, DeviceAxis vertical, DeviceAxis horizontal, int[] neighbours, float[] shares) {
        var y = pixel / layout.grid().width();
        var x = pixel % layout.grid().width();
        for (var corner = 0; corner < NEIGHBOURS; corner++) {
            var below = corner / 2 == 1;
            var right = corner % 2 == 1;
            var row = below ? vertical.upper(y) : vertical.lower(y);
            var column = right ? horizontal.upper(x) : horizontal.lower(x);
            neighbours[NEIGHBOURS * pixel + corner] = row * horizontal.from() + column;
            shares[NEIGHBOURS * pixel + corner] = (below ? vertical.upperWeight(y) : vertical.lowerWeight(y))
                    * (right ? horizontal.upperWeight(x) : horizontal.lowerWeight(x));
        }
    }

    private static Tensor totals(Placement placement, DeviceAxis vertical, DeviceAxis horizontal) {
        var down = vertical.totals();
        var across = horizontal.totals();
        var totals = new float[down.length * across.length];
        for (var i = 0; i < totals.length; i++) {
            totals[i] = (float) (down[i / across.length] * across[i % across.length]);
        }
        return torch.from_blob(new FloatPointer(totals), down.length, 1, across.length)
                .clone()
                .to(placement.torchDevice(), ScalarType.Float);
    }

    MapLayout layout() {
        return layout;
    }

    /** What belongs to a size of the layout. */
    Constants of(MapLayout.Size size) {
        return constants.get(layout.sizes().indexOf(size));
    }

    /** Grid height x all rows of the sizes that are enlarged: the rows' matrices side by side. */
    Tensor rows() {
        return rows;
    }

    /** The same, transposed. */
    Tensor rowsTransposed() {
        return rowsTransposed;
    }

    @Override
    public void close() {
        tensors.close();
    }
}

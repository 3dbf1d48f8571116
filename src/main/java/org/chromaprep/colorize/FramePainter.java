package org.chromaprep.colorize;

import java.util.Optional;
import org.chromaprep.flow.DenseFlow;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.output.film.ColourRecord;
import org.chromaprep.pipeline.colour.FrameColours;

/**
 * Colours frames by what is known of their shots: what the heads predict, and what is carried along the optical flow as far as that
 * can be trusted. Whoever makes one closes it. One thread at a time.
 */
final class FramePainter implements AutoCloseable {
    private final Grid grid;
    private final Optional<DenseFlow> flow;
    private final float[] carried;
    private final float[] weights;

    /** @param withFlow whether colours are carried along the flow */
    FramePainter(Grid grid, boolean withFlow) {
        this.grid = grid;
        flow = withFlow ? Optional.of(new DenseFlow(grid)) : Optional.empty();
        carried = new float[2 * grid.pixels()];
        weights = new float[grid.pixels()];
    }

    /**
     * Colours a frame.
     *
     * @param shot what is known of its shot
     * @param frame its number
     * @param luma its grey values, 0 to 255, row by row
     * @param into receives its colours
     */
    ColourRecord paint(ShotColours shot, long frame, byte[] luma, HypercolumnMatrix hypercolumns, FrameColours into) {
        into.setGrey(shot.runner().isEmpty());
        if (shot.runner().isEmpty()) {
            return ColourRecord.NONE;
        }
        shot.runner().get().run(hypercolumns, into.ab(), into.doubt());
        var share = 0.0;
        if (shot.flow().isPresent()) {
            shot.flow()
                    .get()
                    .carry(
                            flow.orElseThrow(),
                            Math.toIntExact(frame - shot.shot().first()),
                            luma,
                            carried,
                            weights);
            join(into);
            share = mean(weights);
        }
        return new ColourRecord(
                shot.source(),
                shot.references(),
                Optional.of(rounded(mean(into.doubt()))),
                Optional.of(rounded(share)));
    }

    private void join(FrameColours into) {
        var ab = into.ab();
        var doubt = into.doubt();
        for (var i = 0; i < weights.length; i++) {
            var weight = weights[i];
            ab[2 * i] += weight * (carried[2 * i] - ab[2 * i]);
            ab[2 * i + 1] += weight * (carried[2 * i + 1] - ab[2 * i + 1]);
            doubt[i] *= 1 - weight;
        }
    }

    private double mean(float[] plane) {
        var sum = 0.0;
        for (var i = 0; i < grid.pixels(); i++) {
            sum += plane[i];
        }
        return sum / grid.pixels();
    }

    // Enough to rank frames by, and the same in every language.
    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    @Override
    public void close() {
        flow.ifPresent(DenseFlow::close);
    }
}

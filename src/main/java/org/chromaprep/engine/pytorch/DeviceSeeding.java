package org.chromaprep.engine.pytorch;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.chromaprep.hypercolumn.LloydStart;

/**
 * Greedy k-means++ on a device, see {@link LloydStart.PlusPlus}, as {@code org.chromaprep.cluster.Seeding} does it: {@link
 * #first}, then {@link #draw} for each further centroid. Distances are in double precision, from projections in single.
 *
 * <p>Fixed sequences of operations on tensors that are made once; which centroid is next is known on the device, too. Used by
 * one thread at a time, within {@link DeviceStream#run}. Whoever made it closes it.
 */
final class DeviceSeeding implements AutoCloseable {
    private static final ScalarTypeOptional OWN = new ScalarTypeOptional();

    private final PointerScope tensors;
    private final DeviceNorms norms;
    private final DeviceSamples candidates;
    private final DeviceTimes times;

    private final Tensor start;
    private final Tensor request;
    private final Tensor firstPixel;
    private final Tensor numbers;
    private final Tensor turn;
    private final Tensor place;
    private final Tensor chosenNumbers;
    private final Tensor flatChosenNumbers;
    private final Tensor targets;
    private final Tensor nearest;
    private final Tensor nearestRow;
    private final Tensor upTo;
    private final Tensor above;
    private final Tensor sums;
    private final Tensor flatSums;
    private final Tensor rowTotals;
    private final Tensor lastColumn;
    private final Tensor rowsBefore;
    private final Tensor chosen;
    private final Tensor chosenColumn;
    private final Tensor chosenNorms;
    private final Tensor chosenNormsColumn;
    private final Tensor normsFlat;
    private final Tensor normsRow;
    private final Tensor distances;
    private final Tensor distancePlanes;
    private final Tensor rowSums;
    private final Tensor remaining;
    private final Tensor best;
    private final Tensor potential;
    private final Tensor row;
    private final Tensor minusTwo;

    private final LongOptional overTrials;
    private final Scalar zero;
    private final Scalar one;
    private final Scalar lastPixel;
    private final Scalar infinity;
    private final StringViewOptional noSide;
    private final TensorOptional noSorter;

    /**
     * @param constants not closed here
     * @param start where the centroids go, as clusters x features in single precision; not closed here
     * @param trials candidates for each further centroid
     */
    DeviceSeeding(Placement placement, DeviceGrid constants, Tensor start, int trials) {
        this.start = start;
        var grid = constants.layout().grid();
        var h = grid.height();
        var w = grid.width();
        var n = grid.pixels();
        var further = start.size(0) - 1;
        norms = new DeviceNorms(placement, constants);
        candidates = new DeviceSamples(placement, constants, trials);
        times = new DeviceTimes(placement, constants, trials);
        try (var scope = new PointerScope()) {
            request = placement.zeros(ScalarType.Double, 1 + further * trials);
            firstPixel = request.narrow(0, 0, 1).expand(trials);
            numbers = request.narrow(0, 1, further * trials).view(further, trials);
            turn = placement.zeros(ScalarType.Long, 1);
            place = placement.zeros(ScalarType.Long, 1);
            chosenNumbers = placement.zeros(ScalarType.Double, 1, trials);
            flatChosenNumbers = chosenNumbers.select(0, 0);
            targets = placement.zeros(ScalarType.Double, trials);
            nearest = placement.zeros(ScalarType.Double, h, w);
            nearestRow = nearest.view(1, n);
            upTo = triangle(placement, w, 0);
            above = triangle(placement, h, 1).t().contiguous();
            sums = placement.zeros(ScalarType.Double, h, w);
            flatSums = sums.view(n);
            rowTotals = placement.zeros(ScalarType.Double, h, 1);
            lastColumn = sums.narrow(1, w - 1L, 1);
            rowsBefore = placement.zeros(ScalarType.Double, h, 1);
            chosen = placement.zeros(ScalarType.Long, trials);
            chosenColumn = chosen.unsqueeze(1);
            chosenNorms = placement.zeros(ScalarType.Double, trials);
            chosenNormsColumn = chosenNorms.unsqueeze(1);
            normsFlat = norms.norms().view(n);
            normsRow = normsFlat.unsqueeze(0);
            distances = placement.zeros(ScalarType.Double, trials, n);
            distancePlanes = distances.view(trials, h, w);
            rowSums = placement.zeros(ScalarType.Double, trials, h);
            remaining = placement.zeros(ScalarType.Double, trials);
            best = placement.zeros(ScalarType.Long, 1);
            potential = placement.zeros(ScalarType.Double, 1);
            row = placement.zeros(ScalarType.Float, 1, start.size(1));
            minusTwo = placement.number(ScalarType.Double, -2);
            overTrials = new LongOptional(0);
            zero = new Scalar(0.0);
            one = new Scalar(1L);
            lastPixel = new Scalar(n - 1L);
            infinity = new Scalar(Double.POSITIVE_INFINITY);
            noSide = new StringViewOptional();
            noSorter = new TensorOptional();
            tensors = scope.extend();
        }
    }

    /** A square matrix with ones from so far above the diagonal on. */
    private static Tensor triangle(Placement placement, int side, int above) {
        var ones = new double[side * side];
        for (var y = 0; y < side; y++) {
            for (var x = y + above; x < side; x++) {
                ones[y * side + x] = 1;
            }
        }
        return torch.from_blob(new DoublePointer(ones), new long[] {side, side}, new TensorOptions(ScalarType.Double))
                .clone()
                .to(placement.torchDevice(), ScalarType.Double);
    }

    /** How many candidates there are for each further centroid. */
    int trials() {
        return Math.toIntExact(chosen.numel());
    }

    /** Queues the sending of a frame's random numbers. */
    void send(LloydStart.PlusPlus draws, HostMemory host) {
        var all = new double[1 + draws.numbers().length];
        all[0] = draws.firstPixel();
        System.arraycopy(draws.numbers(), 0, all, 1, draws.numbers().length);
        host.send(all, request);
    }

    /** Computes the norms, and takes the first centroid. */
    void first(DeviceMaps maps) {
        norms.compute(maps);
        nearest.fill_(infinity);
        turn.zero_();
        place.zero_();
        chosen.copy_(firstPixel);
        keep(maps);
    }

    /** Draws one more centroid. */
    void draw(DeviceMaps maps) {
        torch.mm_out(sums, nearest, upTo);
        rowTotals.copy_(lastColumn);
        torch.mm_out(rowsBefore, above, rowTotals);
        sums.add_(rowsBefore);
        torch.index_select_out(chosenNumbers, numbers, 0, turn);
        turn.add_(one);
        torch.mul_out(targets, flatChosenNumbers, potential);
        torch.searchsorted_out(chosen, flatSums, targets, false, true, noSide, noSorter);
        chosen.clamp_max_(lastPixel);
        keep(maps);
    }

    /** Keeps the candidate that leaves the least. */
    private void keep(DeviceMaps maps) {
        candidates.pixels().copy_(chosen);
        candidates.gather(maps);
        times.directions().copy_(candidates.rows());
        times.compute(maps);
        distances.copy_(times.planes());
        distances.mul_(minusTwo);
        distances.add_(normsRow);
        torch.index_select_out(chosenNorms, normsFlat, 0, chosen);
        distances.add_(chosenNormsColumn);
        distances.clamp_min_(zero);
        // The difference of rounded numbers would leave a pixel a chance to be drawn twice.
        distances.scatter_(1, chosenColumn, zero);
        torch.minimum_out(distances, distances, nearestRow);
        torch.sum_out(rowSums, distancePlanes, new long[] {2}, false, OWN);
        torch.sum_out(remaining, rowSums, new long[] {1}, false, OWN);
        torch.argmin_out(best, remaining, overTrials, true);
        torch.index_select_out(nearestRow, distances, 0, best);
        torch.index_select_out(potential, remaining, 0, best);
        torch.index_select_out(row, candidates.rows(), 0, best);
        start.index_copy_(0, place, row);
        place.add_(one);
    }

    @Override
    public void close() {
        times.close();
        candidates.close();
        norms.close();
        tensors.close();
    }
}

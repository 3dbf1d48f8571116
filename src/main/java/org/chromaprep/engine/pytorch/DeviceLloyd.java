package org.chromaprep.engine.pytorch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Lloyd's k-means on a device, in three fixed sequences of operations on tensors that are made once: {@link #begin}, as many
 * times {@link #iterate} as anybody likes, {@link #finish}. The device itself decides when the centroids have come to rest;
 * iterations after that change nothing, so the host need not look after each of them.
 *
 * <p>The algorithm is that of {@code org.chromaprep.cluster.KMeans}, and so are its precisions: projections on the differences
 * of centroids are in single precision, everything that is compared or added up over clusters is in double. That the labels
 * have come to rest is seen by centroids that do not move at all. A cluster without pixels makes centroids that are no
 * numbers: such a frame must be clustered in another way.
 *
 * <p>Used by one thread at a time, within {@link DeviceStream#run}. Whoever made it closes it.
 */
final class DeviceLloyd implements AutoCloseable {
    private static final ScalarTypeOptional OWN = new ScalarTypeOptional();

    private final PointerScope tensors;
    private final DeviceTimes times;
    private final DeviceTransposeTimes transposeTimes;
    private final DeviceSquares squares;

    private final Tensor packedCentroids;
    private final Tensor packedAverage;
    private final Tensor packedLabels;
    private final Tensor packedSquares;
    private final Tensor iterations;
    private final Tensor moving;
    private final Tensor inertia;
    private final Tensor sizes;
    private final Tensor sizesColumn;

    private final Tensor centroids;
    private final Tensor first;
    private final Tensor others;
    private final Tensor moved;
    private final Tensor scratch;
    private final Tensor clusterScratch;
    private final Tensor differences;
    private final Tensor exactDifferences;
    private final Tensor directions;
    private final Tensor offsets;
    private final Tensor offsetsColumn;
    private final Tensor projections;
    private final Tensor average;
    private final Tensor gains;
    private final Tensor othersGains;
    private final Tensor labels;
    private final Tensor labelsRow;
    private final Tensor ids;
    private final Tensor isLabel;
    private final Tensor flatWeights;
    private final Tensor rowSizes;
    private final Tensor exactRowSizes;
    private final Tensor movingNow;
    private final Tensor further;
    private final Tensor shift;
    private final Tensor stop;
    private final Tensor totals;
    private final Tensor totalsScratch;

    private final LongOptional overClusters;
    private final Scalar half;
    private final Scalar two;
    private final Scalar zero;
    private final Scalar one;
    private final Scalar varianceShare;
    private final Tensor share;
    private final Tensor squareShare;

    /**
     * @param constants not closed here
     * @param packet what memory holds; of at least 2 clusters
     * @param memory on the device, where results are written; not closed here
     * @param tolerance as {@code KMeansSettings} has it
     */
    DeviceLloyd(Placement placement, DeviceGrid constants, ResultPacket packet, Tensor memory, double tolerance) {
        var k = packet.clusters();
        var f = packet.features();
        var n = packet.pixels();
        var grid = constants.layout().grid();
        times = new DeviceTimes(placement, constants, k);
        transposeTimes = new DeviceTransposeTimes(placement, constants, k);
        squares = new DeviceSquares(placement, constants);
        try (var scope = new PointerScope()) {
            packedCentroids = packet.centroids(memory);
            packedAverage = packet.average(memory);
            packedLabels = packet.labels(memory);
            packedSquares = packet.number(memory, ResultPacket.Number.SQUARES);
            iterations = packet.number(memory, ResultPacket.Number.ITERATIONS);
            moving = packet.number(memory, ResultPacket.Number.MOVING);
            inertia = packet.number(memory, ResultPacket.Number.INERTIA);
            sizes = packet.sizes(memory);
            sizesColumn = sizes.unsqueeze(1);

            centroids = placement.zeros(ScalarType.Double, k, f);
            first = centroids.narrow(0, 0, 1);
            others = centroids.narrow(0, 1, k - 1L);
            moved = placement.zeros(ScalarType.Double, k, f);
            scratch = placement.zeros(ScalarType.Double, k, f);
            clusterScratch = placement.zeros(ScalarType.Double, k);
            differences = placement.zeros(ScalarType.Double, k - 1L, f);
            exactDifferences = placement.zeros(ScalarType.Double, k - 1L, f);
            directions = times.directions().narrow(0, 0, k - 1L);
            // The last column of V makes averages of hypercolumns.
            times.directions().narrow(0, k - 1L, 1).fill_(new Scalar(1f / f));
            offsets = placement.zeros(ScalarType.Double, k - 1L);
            offsetsColumn = offsets.unsqueeze(1);
            projections = times.planes().narrow(0, 0, k - 1L);
            average = times.planes().select(0, k - 1L);
            gains = placement.zeros(ScalarType.Double, k, n);
            othersGains = gains.narrow(0, 1, k - 1L);
            labels = placement.zeros(ScalarType.Long, n);
            labelsRow = labels.unsqueeze(0);
            ids = placement.zeros(ScalarType.Long, k, 1);
            for (var j = 0; j < k; j++) {
                ids.narrow(0, j, 1).fill_(new Scalar(j));
            }
            isLabel = placement.zeros(ScalarType.Bool, k, n);
            flatWeights = transposeTimes.weights().view(k, n);
            rowSizes = placement.zeros(ScalarType.Float, k, grid.height());
            exactRowSizes = placement.zeros(ScalarType.Double, k, grid.height());
            movingNow = placement.zeros(ScalarType.Bool, 1);
            further = placement.zeros(ScalarType.Double, 1);
            shift = placement.zeros(ScalarType.Double, 1);
            stop = placement.zeros(ScalarType.Double, 1);
            totals = transposeTimes.sums().select(0, 0);
            totalsScratch = placement.zeros(ScalarType.Double, f);
            share = placement.number(ScalarType.Double, 1.0 / n);
            squareShare = placement.number(ScalarType.Double, tolerance / ((double) n * f));
            varianceShare = new Scalar(tolerance / f);
            overClusters = new LongOptional(0);
            half = new Scalar(0.5);
            two = new Scalar(2.0);
            zero = new Scalar(0.0);
            one = new Scalar(1.0);
            tensors = scope.extend();
        }
    }

    /** Takes a frame whose start centroids, rounded to single precision, are in the packet's place for centroids. */
    void begin(DeviceMaps maps) {
        squares.compute(maps);
        packedSquares.copy_(squares.sum());
        transposeTimes.totals(maps);
        torch.mul_out(totalsScratch, totals, share);
        torch.mul_out(totalsScratch, totalsScratch, totalsScratch);
        torch.sum_out(stop, totalsScratch, new long[] {0}, true, OWN);
        // The tolerance times the features' mean variance.
        torch.mul_out(further, packedSquares, squareShare);
        torch.sub_out(stop, further, stop, varianceShare);
        stop.clamp_min_(zero);
        centroids.copy_(packedCentroids);
        iterations.zero_();
        moving.fill_(one);
        movingNow.fill_(one);
    }

    /** One iteration: assigns pixels and moves centroids, unless they have come to rest. */
    void iterate(DeviceMaps maps) {
        assign(maps);
        transposeTimes.compute(maps);
        torch.div_out(moved, transposeTimes.sums(), sizesColumn);
        torch.sub_out(scratch, moved, centroids);
        torch.mul_out(scratch, scratch, scratch);
        addAll(shift);
        iterations.add_(moving);
        torch.where_out(centroids, movingNow, moved, centroids);
        torch.gt_out(further, shift, stop);
        moving.mul_(further);
        torch.gt_out(movingNow, moving, zero);
    }

    /** Labels, sizes, sums and inertia for the centroids as they are, into the packet. */
    void finish(DeviceMaps maps) {
        assign(maps);
        transposeTimes.compute(maps);
        torch.mul_out(scratch, centroids, sizesColumn);
        scratch.sub_(transposeTimes.sums(), two);
        scratch.mul_(centroids);
        addAll(inertia);
        inertia.add_(packedSquares);
        inertia.clamp_min_(zero);
        packedCentroids.copy_(centroids);
        packedAverage.copy_(average);
        packedLabels.copy_(labels);
    }

    private void addAll(Tensor sum) {
        torch.sum_out(clusterScratch, scratch, new long[] {1}, false, OWN);
        torch.sum_out(sum, clusterScratch, new long[] {0}, true, OWN);
    }

    /** The nearest centroid of each pixel; a tie goes to the lower id. */
    private void assign(DeviceMaps maps) {
        torch.sub_out(differences, others, first);
        directions.copy_(differences);
        exactDifferences.copy_(directions);
        torch.add_out(differences, others, first);
        torch.mul_out(differences, differences, exactDifferences);
        torch.sum_out(offsets, differences, new long[] {1}, false, OWN);
        times.compute(maps);
        othersGains.copy_(projections);
        othersGains.sub_(offsetsColumn, half);
        torch.argmax_out(labels, gains, overClusters, false);
        torch.eq_out(isLabel, labelsRow, ids);
        flatWeights.copy_(isLabel);
        torch.sum_out(rowSizes, transposeTimes.weights(), new long[] {2}, false, OWN);
        exactRowSizes.copy_(rowSizes);
        torch.sum_out(sizes, exactRowSizes, new long[] {1}, false, OWN);
    }

    @Override
    public void close() {
        squares.close();
        times.close();
        transposeTimes.close();
        tensors.close();
    }
}

package org.chromaprep.engine.pytorch;

import java.nio.ByteBuffer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * All that a frame sends back, in one piece of memory: what k-means found and the sampled hypercolumns. Results are written
 * straight to their places on the device, so that one copy brings them to the host.
 *
 * @param clusters k
 * @param features of a hypercolumn
 * @param pixels of the grid
 * @param samples hypercolumns that come along; 0 for none
 */
record ResultPacket(int clusters, int features, int pixels, int samples) {
    /** Every section begins at a multiple of this, so that it may hold numbers of any kind. */
    private static final long ALIGNMENT = 64;

    /** What k-means says beside its arrays, in the order of their places. */
    enum Number {
        ITERATIONS,
        /** 1 as long as the centroids have not come to rest, then 0. */
        MOVING,
        INERTIA,
        /** The sum of the squares of all the matrix's numbers. */
        SQUARES
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private long sizesAt() {
        return aligned((long) Number.values().length * Double.BYTES);
    }

    private long centroidsAt() {
        return sizesAt() + aligned((long) clusters * Double.BYTES);
    }

    private long averageAt() {
        return centroidsAt() + aligned((long) clusters * features * Float.BYTES);
    }

    private long labelsAt() {
        return averageAt() + aligned((long) pixels * Float.BYTES);
    }

    private long saturatedAt() {
        return labelsAt() + aligned(pixels);
    }

    private long samplesAt() {
        return saturatedAt() + aligned((long) samples * Float.BYTES);
    }

    /** Bytes of it all. */
    long bytes() {
        return samplesAt() + aligned((long) samples * features * Short.BYTES);
    }

    private static Tensor part(Tensor memory, long at, long count, long size, ScalarType type) {
        return memory.narrow(0, at, count * size).view(type);
    }

    /** A number's place: one in double precision. */
    Tensor number(Tensor memory, Number number) {
        return part(memory, (long) number.ordinal() * Double.BYTES, 1, Double.BYTES, ScalarType.Double);
    }

    /** The clusters' sizes, in double precision. */
    Tensor sizes(Tensor memory) {
        return part(memory, sizesAt(), clusters, Double.BYTES, ScalarType.Double);
    }

    /** The centroids, as clusters x features in single precision. */
    Tensor centroids(Tensor memory) {
        return part(memory, centroidsAt(), (long) clusters * features, Float.BYTES, ScalarType.Float)
                .view(clusters, features);
    }

    /** Each pixel's average over its features, in single precision. */
    Tensor average(Tensor memory) {
        return part(memory, averageAt(), pixels, Float.BYTES, ScalarType.Float);
    }

    /** Each pixel's cluster, in unsigned bytes. */
    Tensor labels(Tensor memory) {
        return part(memory, labelsAt(), pixels, 1, ScalarType.Byte);
    }

    /** For each sampled hypercolumn how many of its numbers were too large for half precision, in single precision. */
    Tensor saturated(Tensor memory) {
        return part(memory, saturatedAt(), samples, Float.BYTES, ScalarType.Float);
    }

    /** The sampled hypercolumns, as samples x features in half precision. */
    Tensor samples(Tensor memory) {
        return part(memory, samplesAt(), (long) samples * features, Short.BYTES, ScalarType.Half)
                .view(samples, features);
    }

    /** Numbers of the first samples that were too large for half precision, of a packet in host memory. */
    long saturated(ByteBuffer received, int count) {
        var sum = 0L;
        for (var i = 0; i < count; i++) {
            sum += (long) received.getFloat(Math.toIntExact(saturatedAt()) + i * Float.BYTES);
        }
        return sum;
    }

    /** Copies the first samples of a packet in host memory to another buffer's position, which moves behind them. */
    void copySamples(ByteBuffer received, int count, ByteBuffer into) {
        var bytes = count * features * Short.BYTES;
        into.put(into.position(), received, Math.toIntExact(samplesAt()), bytes);
        into.position(into.position() + bytes);
    }

    /** Where a section of a packet begins, in bytes. */
    long at(Section section) {
        return switch (section) {
            case NUMBERS -> 0;
            case SIZES -> sizesAt();
            case CENTROIDS -> centroidsAt();
            case AVERAGE -> averageAt();
            case LABELS -> labelsAt();
            case SATURATED -> saturatedAt();
            case SAMPLES -> samplesAt();
        };
    }

    /** The parts of a packet. */
    enum Section {
        NUMBERS,
        SIZES,
        CENTROIDS,
        AVERAGE,
        LABELS,
        SATURATED,
        SAMPLES
    }
}

package org.chromaprep.engine;

/**
 * Bytes of memory, by the limit that they count towards.
 *
 * @param heap what Java's collector keeps
 * @param outside all else of the process: direct buffers, native libraries' memory
 */
public record MemoryUse(long heap, long outside) {
    /** Nothing. */
    public static final MemoryUse NONE = new MemoryUse(0, 0);

    /** On the heap alone. */
    public static MemoryUse ofHeap(long bytes) {
        return new MemoryUse(bytes, 0);
    }

    /** Outside of the heap alone. */
    public static MemoryUse ofOutside(long bytes) {
        return new MemoryUse(0, bytes);
    }

    /** This and another. */
    public MemoryUse plus(MemoryUse other) {
        return new MemoryUse(heap + other.heap, outside + other.outside);
    }

    /** So many times this. */
    public MemoryUse times(long count) {
        return new MemoryUse(heap * count, outside * count);
    }

    /** Of each, the larger. */
    public MemoryUse orMore(MemoryUse other) {
        return new MemoryUse(Math.max(heap, other.heap), Math.max(outside, other.outside));
    }

    /** All of it. */
    public long together() {
        return heap + outside;
    }
}

package org.chromaprep.video;

/**
 * How films are opened.
 *
 * @param threads the decoder's threads; they share a frame's slices and never decode several frames at once, so that an
 *         error belongs to the packet that was handed over last
 * @param maxPixels the largest frame that is decoded, width times height
 * @param capture how cameras and streams are opened
 * @param reading what is read, and what its numbers are taken for
 */
public record SourceOptions(int threads, long maxPixels, CaptureOptions capture, ReadingOptions reading) {
    /** 16384 x 16384. */
    public static final long MAX_PIXELS = 1L << 28;

    /** 8192 x 8192: twice the largest frames of films, and little enough that a run's slots can hold one each. */
    private static final long USUAL_MAX_PIXELS = 1L << 26;

    /** One decoder thread and frames of up to 8192 x 8192 pixels. */
    public static final SourceOptions DEFAULT = new SourceOptions(1, USUAL_MAX_PIXELS, CaptureOptions.DEFAULT);

    /** As films say what they are. */
    public SourceOptions(int threads, long maxPixels, CaptureOptions capture) {
        this(threads, maxPixels, capture, ReadingOptions.DEFAULT);
    }

    /**
     * @throws IllegalArgumentException if the threads are not 1 to 64 or the pixels not 1 to {@link #MAX_PIXELS}
     */
    public SourceOptions {
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("A decoder takes 1 to 64 threads, not " + threads + ".");
        }
        if (maxPixels < 1 || maxPixels > MAX_PIXELS) {
            throw new IllegalArgumentException(
                    "Frames may have 1 to " + MAX_PIXELS + " pixels, not " + maxPixels + ".");
        }
    }

    /** The usual options with another way to open cameras and streams. */
    public static SourceOptions of(CaptureOptions capture) {
        return new SourceOptions(1, USUAL_MAX_PIXELS, capture);
    }

    /** The same with another way to read films. */
    public SourceOptions with(ReadingOptions other) {
        return new SourceOptions(threads, maxPixels, capture, other);
    }
}

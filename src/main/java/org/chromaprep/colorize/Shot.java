package org.chromaprep.colorize;

/**
 * A shot of a film, by the frames of it that are coloured.
 *
 * @param number its scene's number
 * @param first its first frame's number
 * @param last its last frame's number
 * @param begin its first frame's time in seconds
 * @param end its last frame's time in seconds
 */
public record Shot(int number, long first, long last, double begin, double end) {
    /** How many frames it has, those included that were not asked for. */
    public long frames() {
        return last - first + 1;
    }

    /** The frame in the middle. */
    public long middle() {
        return first + (last - first) / 2;
    }

    boolean has(long frame) {
        return frame >= first && frame <= last;
    }
}

package org.chromaprep.video.survey;

import org.chromaprep.video.Fit;
import org.chromaprep.video.Picture;
import org.chromaprep.video.scale.GreyScaler;

/**
 * Measures how much lines of moving parts differ from their neighbours: in frames as they are, and woven of one field of theirs
 * and one of the frame behind. Progressive frames are smoothest as they are; of interlaced ones, weaving the later field with
 * the next frame's earlier one is as smooth, and the other way round much rougher. A check on FFmpeg's idet, which takes
 * pictures that scroll up or down for interlaced. Whoever made one closes it. One thread.
 */
final class CombMeter implements AutoCloseable {
    /** Grey levels by which a pixel that moves differs from the frame behind. */
    private static final int MOVED = 12;

    private static final int COLUMN_STEP = 2;
    private static final int LEVEL = 255;

    private final int width;
    private final int height;
    private final GreyScaler scaler;
    private byte[] before;
    private byte[] now;
    private boolean begun;
    private double asIs;
    private double nextUpper;
    private double nextLower;

    CombMeter(int width, int height) {
        this.width = width;
        this.height = height;
        scaler = new GreyScaler(width, height, Fit.STRETCH);
        before = new byte[width * height];
        now = new byte[width * height];
    }

    /** Takes the next frame of a run, which stays as it is. */
    void add(Picture picture) {
        var other = before;
        before = now;
        now = other;
        scaler.scale(picture, now);
        if (begun) {
            measure();
        }
        begun = true;
    }

    private void measure() {
        for (var y = 1; y + 1 < height; y++) {
            var upper = y % 2 == 0;
            for (var x = 0; x < width; x += COLUMN_STEP) {
                var at = y * width + x;
                var own = before[at] & LEVEL;
                var next = now[at] & LEVEL;
                if (Math.abs(own - next) <= MOVED) {
                    continue;
                }
                var around = (before[at - width] & LEVEL) + (before[at + width] & LEVEL);
                var aroundNext = (now[at - width] & LEVEL) + (now[at + width] & LEVEL);
                asIs += Math.abs(2 * own - around);
                nextUpper += upper ? Math.abs(2 * next - around) : Math.abs(2 * own - aroundNext);
                nextLower += upper ? Math.abs(2 * own - aroundNext) : Math.abs(2 * next - around);
            }
        }
    }

    /** How rough frames are of this one's lower and the next one's upper field, over how rough they are as they are. */
    double nextUpper() {
        return asIs > 0 ? nextUpper / asIs : 0;
    }

    /** The same of this one's upper and the next one's lower field. */
    double nextLower() {
        return asIs > 0 ? nextLower / asIs : 0;
    }

    @Override
    public void close() {
        scaler.close();
    }
}

package org.chromaprep.flow;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_video.DISOpticalFlow;
import org.chromaprep.hypercolumn.Grid;

/**
 * Finds flow maps between grey frames by OpenCV's dense inverse search. Whoever makes one closes it. One thread at a time.
 */
public final class DenseFlow implements AutoCloseable {
    /** Side of the square over which a fitted map is compared with the one before. */
    private static final int WINDOW = 5;

    private final Grid grid;
    private final DISOpticalFlow coarse;
    private final DISOpticalFlow fine;
    private final Mat from;
    private final Mat to;
    private final Mat flow;
    private final float[] numbers;
    private final float[] off;
    private final float[] fittedOff;
    private final float[] line;

    /**
     * @param grid of the frames
     * @throws FlowException if OpenCV cannot be loaded
     */
    public DenseFlow(Grid grid) {
        OpenCvNatives.load();
        this.grid = grid;
        coarse = DISOpticalFlow.create(DISOpticalFlow.PRESET_FAST);
        fine = DISOpticalFlow.create(DISOpticalFlow.PRESET_FAST);
        fine.setFinestScale(0);
        from = new Mat(grid.height(), grid.width(), opencv_core.CV_8UC1);
        to = new Mat(grid.height(), grid.width(), opencv_core.CV_8UC1);
        flow = new Mat(grid.height(), grid.width(), opencv_core.CV_32FC2);
        numbers = new float[2 * grid.pixels()];
        off = new float[grid.pixels()];
        fittedOff = new float[grid.pixels()];
        line = new float[Math.max(grid.width(), grid.height())];
    }

    /** The frames' grid. */
    public Grid grid() {
        return grid;
    }

    /**
     * The map from one frame to another close to it in time.
     *
     * @param one grey values, 0 to 255, row by row
     * @param other likewise
     */
    public FlowMap between(byte[] one, byte[] other) {
        Arrays.fill(numbers, 0);
        return search(coarse, one, other);
    }

    /**
     * Fits a map: searches from where it leads, and takes what is found where the grey values agree better.
     *
     * @param one grey values, 0 to 255, row by row
     * @param other likewise
     * @param near the map to begin with
     */
    public FlowMap fit(byte[] one, byte[] other, FlowMap near) {
        for (var i = 0; i < grid.pixels(); i++) {
            numbers[2 * i] = near.x()[i] - i % grid.width();
            numbers[2 * i + 1] = near.y()[i] - i / grid.width();
        }
        var found = search(fine, one, other);
        misfit(one, other, near, off);
        misfit(one, other, found, fittedOff);
        var x = near.x().clone();
        var y = near.y().clone();
        for (var i = 0; i < x.length; i++) {
            if (fittedOff[i] < off[i]) {
                x[i] = found.x()[i];
                y[i] = found.y()[i];
            }
        }
        return new FlowMap(grid, x, y);
    }

    private FlowMap search(DISOpticalFlow search, byte[] one, byte[] other) {
        from.data().put(one, 0, grid.pixels());
        to.data().put(other, 0, grid.pixels());
        try (var memory = new FloatPointer(flow.data())) {
            memory.put(numbers, 0, numbers.length);
            search.calc(from, to, flow);
        }
        try (var memory = new FloatPointer(flow.data())) {
            memory.get(numbers, 0, numbers.length);
        }
        var x = new float[grid.pixels()];
        var y = new float[grid.pixels()];
        for (var i = 0; i < x.length; i++) {
            x[i] = i % grid.width() + numbers[2 * i];
            y[i] = i / grid.width() + numbers[2 * i + 1];
        }
        return new FlowMap(grid, x, y);
    }

    /** How far grey values are apart at both ends of a map, averaged over a square around each pixel. */
    private void misfit(byte[] one, byte[] other, FlowMap map, float[] into) {
        var grey = widened(other);
        for (var i = 0; i < into.length; i++) {
            into[i] = Math.abs(map.at(grey, 1, 0, i) - (one[i] & 255));
        }
        for (var row = 0; row < grid.height(); row++) {
            average(into, row * grid.width(), 1, grid.width());
        }
        for (var column = 0; column < grid.width(); column++) {
            average(into, column, grid.width(), grid.height());
        }
    }

    private void average(float[] plane, int first, int step, int count) {
        for (var i = 0; i < count; i++) {
            line[i] = plane[first + i * step];
        }
        for (var i = 0; i < count; i++) {
            var sum = 0f;
            for (var j = i - WINDOW / 2; j <= i + WINDOW / 2; j++) {
                sum += line[Math.min(Math.max(j, 0), count - 1)];
            }
            plane[first + i * step] = sum;
        }
    }

    /** Bytes as numbers of 0 to 255. */
    static float[] widened(byte[] grey) {
        var wide = new float[grey.length];
        for (var i = 0; i < wide.length; i++) {
            wide[i] = grey[i] & 255;
        }
        return wide;
    }

    @Override
    public void close() {
        flow.close();
        to.close();
        from.close();
        fine.close();
        coarse.close();
    }
}

package org.chromaprep.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.chromaprep.hypercolumn.Grid;

/**
 * Carries the colours of a shot's references to its frames. A frame takes them from the references next to it on both sides,
 * the nearer one the more. Used by one thread at a time.
 */
public final class ShotFlow {
    private final Grid grid;
    private final int[] references;
    private final List<float[]> colours;
    private final List<ReferenceTrack> tracks = new ArrayList<>();

    /**
     * Follows the references through the shot.
     *
     * @param flow finds flow; used while this is made only
     * @param frames numbers of the shot's anchors, ascending, the references among them
     * @param lumas the anchors' grey values, 0 to 255, row by row
     * @param references numbers of the frames whose colours are known, ascending, one at least
     * @param colours a*, b* of each pixel of those frames, one after the other, row by row
     * @param cancelled asked now and then; what comes after is of no use
     * @throws IllegalArgumentException if a reference is no anchor
     */
    public ShotFlow(
            DenseFlow flow,
            Grid grid,
            int[] frames,
            List<byte[]> lumas,
            int[] references,
            List<float[]> colours,
            BooleanSupplier cancelled) {
        this.grid = grid;
        this.references = references.clone();
        this.colours = List.copyOf(colours);
        for (var i = 0; i < references.length; i++) {
            // A frame asks the references next to it only.
            var begin = i == 0 ? 0 : place(frames, references[i - 1]);
            var end = i == references.length - 1 ? frames.length - 1 : place(frames, references[i + 1]);
            tracks.add(ReferenceTrack.follow(
                    flow, grid, frames, lumas, place(frames, references[i]), begin, end, cancelled));
        }
    }

    private static int place(int[] frames, int reference) {
        var place = Arrays.binarySearch(frames, reference);
        if (place < 0) {
            throw new IllegalArgumentException("The reference " + reference + " is none of the shot's anchors.");
        }
        return place;
    }

    /**
     * Carries colours to a frame.
     *
     * @param flow of the calling thread
     * @param frame its number
     * @param luma its grey values, 0 to 255, row by row
     * @param ab receives a*, b* of each pixel, one after the other, row by row
     * @param weights receives for each pixel how far its colour is to be trusted, 0 to 1
     */
    public void carry(DenseFlow flow, int frame, byte[] luma, float[] ab, float[] weights) {
        var next = 0;
        while (next < references.length && references[next] < frame) {
            next++;
        }
        var only = next == 0 || next == references.length || references[next] == frame;
        if (only) {
            var nearest = Math.min(next, references.length - 1);
            var carried = tracks.get(nearest).carry(flow, frame, luma);
            for (var i = 0; i < grid.pixels(); i++) {
                ab[2 * i] = carried.map().at(colours.get(nearest), 2, 0, i);
                ab[2 * i + 1] = carried.map().at(colours.get(nearest), 2, 1, i);
                weights[i] = carried.weights()[i];
            }
            return;
        }
        var before = tracks.get(next - 1).carry(flow, frame, luma);
        var after = tracks.get(next).carry(flow, frame, luma);
        var share = (float) (frame - references[next - 1]) / (references[next] - references[next - 1]);
        for (var i = 0; i < grid.pixels(); i++) {
            var one = before.weights()[i] * (1 - share);
            var other = after.weights()[i] * share;
            var sum = one + other;
            for (var c = 0; c < 2; c++) {
                var first = before.map().at(colours.get(next - 1), 2, c, i);
                var second = after.map().at(colours.get(next), 2, c, i);
                ab[2 * i + c] = sum > 0 ? (one * first + other * second) / sum : 0;
            }
            weights[i] = 1 - (1 - before.weights()[i]) * (1 - after.weights()[i]);
        }
    }
}

package org.chromaprep.flow;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.chromaprep.hypercolumn.Grid;

/**
 * How the frames of a shot lie in one reference frame of it: maps there and back for the shot's anchors, from which those of
 * the frames between follow. Immutable once made; any number of threads may use it.
 */
final class ReferenceTrack {
    /** Grey levels that an anchor may be off from the one before where it is sure to show the same. */
    private static final float STEP_LEVELS = 10;
    /** Pixels that going to the anchor before and back may end away from the beginning. */
    private static final float STEP_PIXELS = 1;
    /** What a step's doubts count: many are gone through, and what is wrong shows at the reference as well. */
    private static final double STEP_POWER = 1.0 / 16;

    private static final float LEVELS = 30;
    private static final float PIXELS = 3;

    private final byte[] luma;
    private final float[] grey;
    private final TreeMap<Integer, Anchor> anchors = new TreeMap<>();

    /**
     * What is known at an anchor.
     *
     * @param there from the anchor to the reference
     * @param back from the reference to the anchor
     * @param trust of the steps in between, 0 to 255 a pixel
     */
    private record Anchor(PackedMap there, PackedMap back, byte[] trust) {}

    private record Step(FlowMap there, FlowMap back, float[] trust) {}

    private ReferenceTrack(byte[] luma) {
        this.luma = luma;
        grey = DenseFlow.widened(luma);
    }

    /**
     * Follows a reference through its shot, outwards in both directions.
     *
     * @param frames the anchors' numbers, ascending
     * @param lumas the anchors' grey values
     * @param reference which of the anchors it is
     * @param begin the first of the anchors that are wanted
     * @param end the last of them
     * @param cancelled asked between anchors; those that are left out then are as if the shot had not had them
     */
    static ReferenceTrack follow(
            DenseFlow flow,
            Grid grid,
            int[] frames,
            List<byte[]> lumas,
            int reference,
            int begin,
            int end,
            BooleanSupplier cancelled) {
        var track = new ReferenceTrack(lumas.get(reference));
        var certain = new float[grid.pixels()];
        Arrays.fill(certain, 1);
        var beginning = new Step(FlowMap.identity(grid), FlowMap.identity(grid), certain);
        track.keep(frames[reference], beginning);
        for (var direction : new int[] {1, -1}) {
            var last = beginning;
            for (var i = reference + direction; i >= begin && i <= end && !cancelled.getAsBoolean(); i += direction) {
                last = track.step(flow, lumas.get(i - direction), lumas.get(i), last);
                track.keep(frames[i], last);
            }
        }
        return track;
    }

    private Step step(DenseFlow flow, byte[] before, byte[] here, Step last) {
        var toBefore = flow.between(here, before);
        var fromBefore = flow.between(before, here);
        var trust = toBefore.sample(last.trust());
        var doubts = doubts(toBefore, fromBefore, here, DenseFlow.widened(before), STEP_LEVELS, STEP_PIXELS);
        for (var i = 0; i < trust.length; i++) {
            trust[i] *= (float) Math.exp(-doubts[i]);
        }
        var there = flow.fit(here, luma, toBefore.then(last.there()));
        var back = flow.fit(luma, here, last.back().then(fromBefore));
        return new Step(there, back, trust);
    }

    /** For each pixel how far the ends of a map are apart: in grey values, and by going there and back. */
    private static double[] doubts(
            FlowMap there, FlowMap back, byte[] here, float[] target, float levels, float pixels) {
        var width = there.grid().width();
        var doubts = new double[here.length];
        for (var i = 0; i < doubts.length; i++) {
            var x = there.at(back.x(), 1, 0, i) - i % width;
            var y = there.at(back.y(), 1, 0, i) - i / width;
            var off = there.at(target, 1, 0, i) - (here[i] & 255);
            doubts[i] = (x * x + y * y) / (pixels * pixels) + off * off / (levels * levels);
        }
        return doubts;
    }

    private void keep(int frame, Step step) {
        var trust = new byte[step.trust().length];
        for (var i = 0; i < trust.length; i++) {
            trust[i] = (byte) Math.round(255 * Math.pow(step.trust()[i], STEP_POWER));
        }
        anchors.put(frame, new Anchor(PackedMap.of(step.there()), PackedMap.of(step.back()), trust));
    }

    /**
     * Where a frame of the shot lies in the reference.
     *
     * @param frame its number; beyond the anchors, as the last of them
     * @param here its grey values
     */
    Carried carry(DenseFlow flow, int frame, byte[] here) {
        var low = anchors.floorEntry(frame) == null ? anchors.firstEntry() : anchors.floorEntry(frame);
        var high = anchors.ceilingEntry(frame) == null ? anchors.lastEntry() : anchors.ceilingEntry(frame);
        var one = low.getValue();
        var other = high.getValue();
        var share = low.getKey().equals(high.getKey())
                ? 0
                : (float) (frame - low.getKey()) / (high.getKey() - low.getKey());
        var there = one.there().unpacked();
        var back = one.back().unpacked();
        if (low.getKey() != frame) {
            back = back.towards(other.back().unpacked(), share);
            there = flow.fit(here, luma, there.towards(other.there().unpacked(), share));
        }
        var doubts = doubts(there, back, here, grey, LEVELS, PIXELS);
        var weights = new float[here.length];
        for (var i = 0; i < weights.length; i++) {
            var trust = ((one.trust()[i] & 255) + share * ((other.trust()[i] & 255) - (one.trust()[i] & 255))) / 255;
            weights[i] = there.isInside(i) ? (float) (trust * Math.exp(-doubts[i])) : 0;
        }
        return new Carried(there, weights);
    }

    /**
     * What a reference says of a frame.
     *
     * @param map from the frame to the reference
     * @param weights how far each pixel's place is to be trusted, 0 to 1
     */
    record Carried(FlowMap map, float[] weights) {}
}

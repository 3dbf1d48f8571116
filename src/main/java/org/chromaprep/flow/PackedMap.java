package org.chromaprep.flow;

import org.chromaprep.hypercolumn.Grid;

/**
 * A flow map in sixteenths of a pixel, in half the memory: a shot has many of them. Places further outside than the numbers
 * reach count as the last that they do reach.
 */
record PackedMap(Grid grid, short[] x, short[] y) {
    private static final float STEPS = 16;

    static PackedMap of(FlowMap map) {
        return new PackedMap(map.grid(), packed(map.x()), packed(map.y()));
    }

    private static short[] packed(float[] places) {
        var packed = new short[places.length];
        for (var i = 0; i < packed.length; i++) {
            packed[i] = (short) Math.min(Short.MAX_VALUE, Math.max(Short.MIN_VALUE, Math.round(places[i] * STEPS)));
        }
        return packed;
    }

    FlowMap unpacked() {
        return new FlowMap(grid, unpacked(x), unpacked(y));
    }

    private static float[] unpacked(short[] places) {
        var wide = new float[places.length];
        for (var i = 0; i < wide.length; i++) {
            wide[i] = places[i] / STEPS;
        }
        return wide;
    }
}

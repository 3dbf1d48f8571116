package org.chromaprep.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.vgg.VggLayer;

/** Network inputs for engine tests, and how far maps are from what they should be. */
public final class Frames {
    private Frames() {}

    /** Random numbers in the range that preprocessed pixels have. */
    public static FloatBuffer random(int height, int width, long seed) {
        var random = new SplittableRandom(seed);
        var buffer = ByteBuffer.allocateDirect(height * width * 3 * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (float) random.nextDouble(-120, 150));
        }
        return buffer;
    }

    /** The same numbers in double precision. */
    public static double[] doubles(FloatBuffer buffer) {
        var numbers = new double[buffer.capacity()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = buffer.get(i);
        }
        return numbers;
    }

    /** A map's numbers in double precision. */
    public static double[] doubles(FeatureMap map) {
        return doubles(map.values().slice(0, map.positions() * map.channels()));
    }

    /** The largest error of a map, as a part of the largest number expected. */
    public static double worstError(FrameFeatures features, VggLayer layer, double[] expected) {
        var values = features.map(layer).values();
        var most = 0.0;
        var worst = 0.0;
        for (int i = 0; i < expected.length; i++) {
            most = Math.max(most, Math.abs(expected[i]));
            worst = Math.max(worst, Math.abs(expected[i] - values.get(i)));
        }
        return worst / most;
    }

    /** The root of the mean square error of a map, as a part of the root of the mean square expected. */
    public static double rootMeanSquareError(FrameFeatures features, VggLayer layer, double[] expected) {
        var values = features.map(layer).values();
        var power = 0.0;
        var error = 0.0;
        for (int i = 0; i < expected.length; i++) {
            power += expected[i] * expected[i];
            error += (expected[i] - values.get(i)) * (expected[i] - values.get(i));
        }
        return Math.sqrt(error / power);
    }
}

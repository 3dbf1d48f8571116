package org.chromaprep.learn;

import java.util.List;
import java.util.SplittableRandom;

/** Heads of random numbers for tests. */
public final class Heads {
    private Heads() {}

    /** A head as an unlucky fit might end. */
    public static Head random(int features, int hidden, Target target, long seed) {
        var random = new SplittableRandom(seed);
        var mean = numbers(features, 0, 1, random);
        var scale = numbers(features, 0.1, 3, random);
        return new Head(
                new Standardisation(mean, scale),
                List.of(
                        dense(features + Place.INPUTS, hidden, random),
                        dense(hidden, hidden, random),
                        dense(hidden, target.outputs(), random)),
                target);
    }

    private static Dense dense(int inputs, int outputs, SplittableRandom random) {
        var reach = 1 / Math.sqrt(inputs);
        return new Dense(
                inputs,
                outputs,
                numbers(inputs * outputs, -reach, reach, random),
                numbers(outputs, -reach, reach, random));
    }

    /** Evenly spread numbers. */
    public static float[] numbers(int count, double from, double to, SplittableRandom random) {
        var numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(from, to);
        }
        return numbers;
    }
}

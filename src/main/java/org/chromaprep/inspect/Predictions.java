package org.chromaprep.inspect;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.chromaprep.hypercolumn.FeatureMap;

/**
 * What the network takes the picture for.
 *
 * @param top the most probable classes, most probable first
 * @param probabilities of all classes in ImageNet's order; they add up to 1
 * @param logits fc8's numbers, whose softmax the probabilities are
 */
public record Predictions(List<Guess> top, double[] probabilities, double[] logits) {
    /** How many classes are named. */
    public static final int TOP = 5;

    /**
     * A class and how probable it is.
     *
     * @param index from 0, in ImageNet's order
     * @param name of the class
     * @param probability 0 to 1
     */
    public record Guess(int index, String name, double probability) {}

    /** The softmax of fc8's numbers, in double precision. */
    static Predictions of(FeatureMap fc8, List<String> names) {
        var logits = IntStream.range(0, fc8.channels())
                .mapToDouble(fc8.values()::get)
                .toArray();
        var probabilities = softmax(logits);
        var top = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -probabilities[i]))
                .limit(TOP)
                .map(i -> new Guess(i, names.get(i), probabilities[i]))
                .toList();
        return new Predictions(top, probabilities, logits);
    }

    private static double[] softmax(double[] logits) {
        var greatest = Arrays.stream(logits).max().orElseThrow();
        var powers = new double[logits.length];
        var sum = 0.0;
        for (var i = 0; i < logits.length; i++) {
            powers[i] = Math.exp(logits[i] - greatest);
            sum += powers[i];
        }
        for (var i = 0; i < logits.length; i++) {
            powers[i] /= sum;
        }
        return powers;
    }
}

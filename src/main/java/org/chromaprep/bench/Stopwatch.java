package org.chromaprep.bench;

import java.util.Arrays;

/** Times a task again and again. */
final class Stopwatch {
    private static final int WARM_UPS = 3;

    private Stopwatch() {}

    /** The median time of a task in seconds, after some runs that do not count. */
    static double median(int runs, Runnable task) {
        for (int i = 0; i < WARM_UPS; i++) {
            task.run();
        }
        return median(times(runs, task));
    }

    /** How long each run took, in seconds. */
    static double[] times(int runs, Runnable task) {
        var seconds = new double[runs];
        for (int i = 0; i < runs; i++) {
            var begin = System.nanoTime();
            task.run();
            seconds[i] = (System.nanoTime() - begin) / 1e9;
        }
        return seconds;
    }

    /** The middle one of some numbers. */
    static double median(double[] numbers) {
        var sorted = numbers.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

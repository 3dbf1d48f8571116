package org.chromaprep.learn.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.chromaprep.learn.Dense;
import org.chromaprep.learn.Head;
import org.chromaprep.learn.Heads;
import org.chromaprep.learn.NaiveHead;
import org.chromaprep.learn.Standardisation;
import org.chromaprep.learn.Target;
import org.chromaprep.learn.Target.ColourClasses;
import org.chromaprep.learn.Target.HueAndChroma;
import org.chromaprep.learn.Target.Regression;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class FitTest {
    private static final int FEATURES = 30;
    private static final int ROWS = 16;
    private static final FitSettings SETTINGS = new FitSettings(12, 40, ROWS, 3e-3, 1e-4, 7);

    private static Standardisation standardisation() {
        var ones = new float[FEATURES];
        Arrays.fill(ones, 1);
        return new Standardisation(new float[FEATURES], ones);
    }

    private static Target target(String kind) {
        return switch (kind) {
            case "regression" -> new Regression(0, 0);
            case "classes" -> new ColourClasses(Heads.numbers(2 * 9, -50, 50, new SplittableRandom(3)), 0.38f);
            default -> new HueAndChroma(5, 100);
        };
    }

    private static float[] rows(long seed) {
        return Heads.numbers(ROWS * (FEATURES + 2), -1, 1, new SplittableRandom(seed));
    }

    /** Labels as each loss takes them: any numbers, or likelihoods times a weight. */
    private static float[] labels(Target target, long seed) {
        var random = new SplittableRandom(seed);
        return target instanceof Regression
                ? Heads.numbers(ROWS * 2, -1, 1, random)
                : Heads.numbers(ROWS * target.outputs(), 0, 1, random);
    }

    @ParameterizedTest
    @ValueSource(strings = {"regression", "classes", "histograms"})
    void deepLearning4jTellsWhatTheHeadTells(String kind) {
        var target = target(kind);
        var fit = new Fit(SETTINGS, standardisation(), target);
        for (int i = 0; i < 20; i++) {
            fit.step(rows(i), labels(target, i));
        }
        var rows = rows(99);

        var outputs = fit.outputs(rows);

        var naive = new NaiveHead(fit.head());
        for (int row = 0; row < ROWS; row++) {
            var wanted = naive.outputs(row(rows, row));
            for (int o = 0; o < wanted.length; o++) {
                assertThat((double) outputs[row * wanted.length + o]).isCloseTo(wanted[o], within(1e-5));
            }
        }
    }

    private static double[] row(float[] rows, int row) {
        var wide = new double[FEATURES + 2];
        Arrays.setAll(wide, i -> rows[row * (FEATURES + 2) + i]);
        return wide;
    }

    /** The gradient of a loss that knows nothing of DeepLearning4J, by central differences in double precision. */
    @ParameterizedTest
    @ValueSource(strings = {"regression", "classes", "histograms"})
    void deepLearning4jsGradientIsTheLosssDifferences(String kind) {
        var target = target(kind);
        var fit = new Fit(SETTINGS, standardisation(), target);
        fit.step(rows(1), labels(target, 1));
        var rows = rows(2);
        var labels = labels(target, 2);

        var gradient = fit.gradient(rows, labels);

        var flat = flat(fit.head());
        assertThat(gradient).hasSameSizeAs(flat);
        var random = new SplittableRandom(5);
        var largest = 0.0;
        for (var number : gradient) {
            largest = Math.max(largest, Math.abs(number));
        }
        for (int n = 0; n < 200; n++) {
            var i = random.nextInt(flat.length);
            var step = 1e-6;
            var difference = (loss(flat, i, step, target, rows, labels) - loss(flat, i, -step, target, rows, labels))
                    / (2 * step);
            assertThat((double) gradient[i])
                    .as("weight %d", i)
                    .isCloseTo(difference, within(1e-5 * Math.max(1, largest)));
        }
    }

    private static double[] flat(Head head) {
        return head.layers().stream()
                .flatMapToDouble(layer -> DoubleStream.concat(wide(layer.weights()), wide(layer.biases())))
                .toArray();
    }

    private static DoubleStream wide(float[] numbers) {
        return IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]);
    }

    private static double loss(double[] weights, int changed, double by, Target target, float[] rows, float[] labels) {
        var sum = 0.0;
        var outputs = target.outputs();
        for (int row = 0; row < ROWS; row++) {
            var given = forward(weights, changed, by, row(rows, row), outputs);
            var wanted = new double[outputs];
            for (int o = 0; o < outputs; o++) {
                wanted[o] = labels[row * outputs + o];
            }
            sum += loss(target, wanted, given);
        }
        return sum / ROWS;
    }

    private static double[] forward(double[] weights, int changed, double by, double[] row, int outputs) {
        var from = row;
        var at = 0;
        for (int layer = 0; layer < 3; layer++) {
            var to = new double[layer == 2 ? outputs : SETTINGS.hidden()];
            var biases = at + from.length * to.length;
            for (int o = 0; o < to.length; o++) {
                to[o] = weights[biases + o] + (changed == biases + o ? by : 0);
                for (int i = 0; i < from.length; i++) {
                    var place = at + o * from.length + i;
                    to[o] += (weights[place] + (changed == place ? by : 0)) * from[i];
                }
                to[o] = layer < 2 ? Math.max(0, to[o]) : to[o];
            }
            at = biases + to.length;
            from = to;
        }
        return from;
    }

    private static double loss(Target target, double[] wanted, double[] given) {
        var loss = 0.0;
        if (target instanceof Regression) {
            for (int o = 0; o < wanted.length; o++) {
                var off = Math.abs(given[o] - wanted[o]);
                loss += off < 0.25 ? off * off / 0.5 : off - 0.125;
            }
            return loss;
        }
        var groups = target instanceof HueAndChroma ? 2 : 1;
        var length = wanted.length / groups;
        for (int group = 0; group < groups; group++) {
            var sum = 0.0;
            for (int o = group * length; o < (group + 1) * length; o++) {
                sum += Math.exp(given[o]);
            }
            for (int o = group * length; o < (group + 1) * length; o++) {
                loss -= wanted[o] * (given[o] - Math.log(sum));
            }
        }
        return loss;
    }

    @Test
    void learnsWhatCanBeLearned() {
        var target = new Regression(5, -5);
        var fit = new Fit(new FitSettings(32, 300, 64, 3e-3, 1e-4, 1), standardisation(), target);
        var random = new SplittableRandom(2);
        var loss = 0.0;
        for (int step = 0; step < 300; step++) {
            var rows = Heads.numbers(64 * (FEATURES + 2), -1, 1, random);
            var labels = new float[64 * 2];
            for (int row = 0; row < 64; row++) {
                var at = row * (FEATURES + 2);
                labels[2 * row] = Math.abs(rows[at]) - 0.5f;
                labels[2 * row + 1] = rows[at + 1] * 0.5f;
            }
            loss = fit.step(rows, labels);
        }

        assertThat(loss).isLessThan(0.03);
    }

    @Test
    void theSameSettingsAndRowsGiveTheSameHeadAndAnotherSeedAnother() {
        var one = fitted(SETTINGS, 20);
        var other = fitted(SETTINGS, 20);

        assertThat(one.head()).isEqualTo(other.head());
        assertThat(fitted(SETTINGS.withSeed(8), 20).head()).isNotEqualTo(one.head());
    }

    @Test
    void aRestoredFitGoesOnAsTheOneThatItWasTakenOf() {
        var undisturbed = fitted(SETTINGS, 30);
        var stopped = fitted(SETTINGS, 13);

        var continued = new Fit(SETTINGS, standardisation(), new Regression(0, 0));
        continued.restore(stopped.state());
        assertThat(continued.steps()).isEqualTo(13);
        steps(continued, 13, 30);

        assertThat(continued.head()).isEqualTo(undisturbed.head());
        assertThat(continued.state()).isEqualTo(undisturbed.state());
    }

    private static Fit fitted(FitSettings settings, int steps) {
        var fit = new Fit(settings, standardisation(), new Regression(0, 0));
        steps(fit, 0, steps);
        return fit;
    }

    private static void steps(Fit fit, int from, int to) {
        for (int i = from; i < to; i++) {
            fit.step(rows(i), labels(new Regression(0, 0), i));
        }
    }

    @Test
    void refusesTheStateOfAnotherShape() {
        var state = fitted(SETTINGS, 1).state();
        var other = new Fit(new FitSettings(13, 40, ROWS, 3e-3, 1e-4, 7), standardisation(), new Regression(0, 0));

        assertThatThrownBy(() -> other.restore(state)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> other.restore(new byte[3])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsOfDataThatAreNotNumbers() {
        var fit = new Fit(SETTINGS, standardisation(), new Regression(0, 0));
        var rows = rows(1);
        rows[40] = Float.NaN;

        assertThatThrownBy(() -> fit.step(rows, labels(new Regression(0, 0), 1)))
                .isInstanceOf(FitException.class)
                .hasMessageContaining("step 1");
    }

    @Test
    void layersMustFitTogether() {
        var dense = new Dense(3, 2, new float[6], new float[2]);

        assertThatThrownBy(() -> new Head(standardisation(), List.of(dense, dense), new Regression(0, 0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Dense(1, 1, new float[] {Float.NaN}, new float[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

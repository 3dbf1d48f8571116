package org.chromaprep.colorize;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.PrincipalComponents;
import org.chromaprep.learn.HeadRunner;
import org.chromaprep.learn.Place;
import org.chromaprep.learn.Standardisation;
import org.chromaprep.learn.Target.ColourClasses;
import org.chromaprep.learn.fit.Fit;
import org.chromaprep.learn.fit.FitSettings;
import org.chromaprep.output.shard.AbBins;

/** Other ways to colour a shot by its references, to be measured beside the product's. */
final class ColourBaselines {
    private static final int GREYS = 64;
    private static final int POINTS = 2500;
    private static final int COMPONENTS = 32;
    private static final int NEIGHBOURS = 8;

    private ColourBaselines() {}

    /** Colours a frame. */
    interface Baseline {
        float[] colours(byte[] luma, HypercolumnMatrix matrix);
    }

    /** The mean of the references' colours, everywhere. */
    static Baseline mean(List<Lesson> references) {
        var sums = new double[2];
        var count = 0;
        for (var reference : references) {
            for (var i = 0; i < reference.ab().length; i++) {
                sums[i % 2] += reference.ab()[i];
            }
            count += reference.ab().length / 2;
        }
        var a = (float) (sums[0] / count);
        var b = (float) (sums[1] / count);
        return (luma, matrix) -> {
            var ab = new float[2 * luma.length];
            for (var i = 0; i < ab.length; i++) {
                ab[i] = i % 2 == 0 ? a : b;
            }
            return ab;
        };
    }

    /** The references' mean colour of each grey value, smoothed over neighbouring ones. */
    static Baseline byGrey(List<Lesson> references) {
        var sums = new double[GREYS][3];
        for (var reference : references) {
            for (var i = 0; i < reference.luma().length; i++) {
                var bin = sums[(reference.luma()[i] & 255) * GREYS / 256];
                bin[0] += reference.ab()[2 * i];
                bin[1] += reference.ab()[2 * i + 1];
                bin[2]++;
            }
        }
        var table = new float[GREYS][2];
        for (var i = 0; i < GREYS; i++) {
            var smooth = new double[3];
            for (var j = 0; j < GREYS; j++) {
                var weight = Math.exp(-(i - j) * (i - j) / 8.0);
                for (var c = 0; c < 3; c++) {
                    smooth[c] += weight * sums[j][c];
                }
            }
            table[i][0] = (float) (smooth[0] / Math.max(smooth[2], 1e-6));
            table[i][1] = (float) (smooth[1] / Math.max(smooth[2], 1e-6));
        }
        return (luma, matrix) -> {
            var ab = new float[2 * luma.length];
            for (var i = 0; i < luma.length; i++) {
                var entry = table[(luma[i] & 255) * GREYS / 256];
                ab[2 * i] = entry[0];
                ab[2 * i + 1] = entry[1];
            }
            return ab;
        };
    }

    private static float[] rows(
            Grid grid, HypercolumnMatrix matrix, Standardisation standardisation, int[] pixels, boolean withPlace) {
        var features = standardisation.features();
        var length = features + (withPlace ? Place.INPUTS : 0);
        var columns = new float[pixels.length * features];
        matrix.gather(pixels, columns);
        var rows = new float[pixels.length * length];
        standardisation.apply(columns, pixels.length, rows, length);
        for (var i = 0; withPlace && i < pixels.length; i++) {
            Place.write(pixels[i], grid, rows, i * length + features);
        }
        return rows;
    }

    /** The mean colour of the references' eight pixels nearest by principal components of hypercolumns. */
    static Baseline neighbours(
            Grid grid,
            List<Lesson> references,
            List<HypercolumnMatrix> matrices,
            LessonRows lessons,
            boolean withPlace) {
        var random = new SplittableRandom(0);
        var each = POINTS / references.size();
        var length = lessons.standardisation().features() + (withPlace ? Place.INPUTS : 0);
        var rows = new float[references.size() * each * length];
        var colours = new float[2 * references.size() * each];
        for (var r = 0; r < references.size(); r++) {
            var pixels = random.ints(0, grid.pixels()).distinct().limit(each).toArray();
            var own = rows(grid, matrices.get(r), lessons.standardisation(), pixels, withPlace);
            System.arraycopy(own, 0, rows, r * own.length, own.length);
            for (var i = 0; i < each; i++) {
                colours[2 * (r * each + i)] = references.get(r).ab()[2 * pixels[i]];
                colours[2 * (r * each + i) + 1] = references.get(r).ab()[2 * pixels[i] + 1];
            }
        }
        var principal = PrincipalComponents.of(rows, length, COMPONENTS);
        var points = projected(rows, length, principal);
        var all = new int[grid.pixels()];
        Arrays.setAll(all, i -> i);
        return (luma, matrix) -> {
            var queries = projected(rows(grid, matrix, lessons.standardisation(), all, withPlace), length, principal);
            var ab = new float[2 * grid.pixels()];
            for (var i = 0; i < grid.pixels(); i++) {
                nearest(queries, i, points, colours, ab);
            }
            return ab;
        };
    }

    private static float[] projected(float[] rows, int length, PrincipalComponents principal) {
        var count = rows.length / length;
        var projected = new float[count * COMPONENTS];
        var directions = new float[COMPONENTS * length];
        var offsets = new double[COMPONENTS];
        for (var i = 0; i < directions.length; i++) {
            directions[i] = (float) principal.components()[i];
            offsets[i / length] += principal.components()[i] * principal.mean()[i % length];
        }
        for (var i = 0; i < count; i++) {
            for (var c = 0; c < COMPONENTS; c++) {
                var sum = 0f;
                for (var f = 0; f < length; f++) {
                    sum += rows[i * length + f] * directions[c * length + f];
                }
                projected[i * COMPONENTS + c] = (float) (sum - offsets[c]);
            }
        }
        return projected;
    }

    private static void nearest(float[] queries, int query, float[] points, float[] colours, float[] ab) {
        var distances = new float[NEIGHBOURS];
        var places = new int[NEIGHBOURS];
        Arrays.fill(distances, Float.MAX_VALUE);
        for (var p = 0; p < points.length / COMPONENTS; p++) {
            var distance = 0f;
            for (var c = 0; c < COMPONENTS && distance < distances[NEIGHBOURS - 1]; c++) {
                var off = queries[query * COMPONENTS + c] - points[p * COMPONENTS + c];
                distance += off * off;
            }
            if (distance < distances[NEIGHBOURS - 1]) {
                var place = NEIGHBOURS - 1;
                for (; place > 0 && distances[place - 1] > distance; place--) {
                    distances[place] = distances[place - 1];
                    places[place] = places[place - 1];
                }
                distances[place] = distance;
                places[place] = p;
            }
        }
        for (var place : places) {
            ab[2 * query] += colours[2 * place] / NEIGHBOURS;
            ab[2 * query + 1] += colours[2 * place + 1] / NEIGHBOURS;
        }
    }

    /** A head that tells Zhang's classes, whose annealed mean is the colour. */
    static Baseline classes(Grid grid, List<Lesson> references, List<HypercolumnMatrix> matrices, LessonRows lessons) {
        var bins = new AbBins();
        var centres = new float[2 * bins.size()];
        for (var i = 0; i < bins.size(); i++) {
            centres[2 * i] = bins.a(i);
            centres[2 * i + 1] = bins.b(i);
        }
        var target = new ColourClasses(centres, ColourClasses.ANNEALED);
        var settings = FitSettings.OF_A_SHOT;
        var fit = new Fit(settings, lessons.standardisation(), target);
        var random = new SplittableRandom(0);
        var labels = new float[settings.rows() * bins.size()];
        var inputs = new float[settings.rows() * fit.inputs()];
        var numbers = new short[AbBins.NEIGHBOURS];
        var weights = new float[AbBins.NEIGHBOURS];
        for (var step = 0; step < settings.steps(); step++) {
            Arrays.fill(labels, 0);
            for (var r = 0; r < references.size(); r++) {
                var begin = settings.rows() * r / references.size();
                var end = settings.rows() * (r + 1) / references.size();
                var pixels = random.ints(end - begin, 0, grid.pixels()).toArray();
                var own = rows(grid, matrices.get(r), lessons.standardisation(), pixels, true);
                System.arraycopy(own, 0, inputs, begin * fit.inputs(), own.length);
                for (var i = 0; i < pixels.length; i++) {
                    bins.encode(
                            references.get(r).ab()[2 * pixels[i]],
                            references.get(r).ab()[2 * pixels[i] + 1],
                            numbers,
                            weights,
                            0);
                    for (var n = 0; n < AbBins.NEIGHBOURS; n++) {
                        labels[(begin + i) * bins.size() + numbers[n]] += weights[n];
                    }
                }
            }
            fit.step(inputs, labels);
        }
        var runner = new HeadRunner(List.of(fit.head()), grid);
        return (luma, matrix) -> {
            var ab = new float[2 * grid.pixels()];
            runner.run(matrix, ab, new float[grid.pixels()]);
            return ab;
        };
    }
}

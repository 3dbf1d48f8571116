package org.chromaprep.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.chromaprep.TruthArrays;
import org.chromaprep.engine.Device;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.Precision;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.StoredMatrix;
import org.chromaprep.npy.Float16;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** On every device there is, against the stored matrix in double precision. */
class DeviceHypercolumnMatrixTest {
    private static final double TOLERANCE = 2e-5;

    private static Stream<Device> devices() {
        try {
            Natives.load();
        } catch (EngineException e) {
            throw new TestAbortedException(e.getMessage(), e);
        }
        return PytorchEngine.bestDevice() == Device.CUDA ? Stream.of(Device.CPU, Device.CUDA) : Stream.of(Device.CPU);
    }

    private static void onEveryDevice(
            Grid grid, List<FeatureMap> maps, BiConsumer<HypercolumnMatrix, SplittableRandom> check) {
        devices().forEach(device -> {
            try (var each = DeviceMatrix.of(new Placement(device, Precision.FP32), grid, maps)) {
                check.accept(each.matrix(), new SplittableRandom(1));
            }
        });
    }

    private static FeatureMap map(int height, int width, int channels, SplittableRandom random) {
        var map = FeatureMap.allocate("map", height, width, channels);
        for (int i = 0; i < height * width * channels; i++) {
            map.values().put(i, (float) Math.max(0, random.nextDouble(-1, 1)));
        }
        return map;
    }

    private static List<FeatureMap> maps(long seed, int height, int width) {
        var random = new SplittableRandom(seed);
        var maps = new ArrayList<FeatureMap>();
        for (int i = 0; i < 3; i++) {
            maps.add(map(random.nextInt(1, 14), random.nextInt(1, 14), random.nextInt(1, 21), random));
        }
        maps.add(map(height, width, 9, random));
        maps.add(map(maps.get(0).height(), maps.get(0).width(), 5, random));
        maps.add(map(1, 1, 11, random));
        return maps;
    }

    private static float[] floats(int count, SplittableRandom random) {
        var numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    @Property(tries = 60)
    void bothProductsEqualTheStoredMatrix(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 23) int height,
            @ForAll @IntRange(min = 1, max = 23) int width,
            @ForAll @IntRange(min = 1, max = 5) int columns) {
        var grid = new Grid(height, width);
        var maps = maps(seed, height, width);
        var stored = StoredMatrix.enlarged(grid, maps);
        onEveryDevice(grid, maps, (matrix, random) -> {
            assertThat(matrix.features()).isEqualTo(stored.features());
            var v = floats(columns * stored.features(), random);
            var planes = new float[columns * grid.pixels()];
            var expectedPlanes = planes.clone();
            matrix.times(v, columns, planes);
            stored.times(v, columns, expectedPlanes);
            for (int i = 0; i < planes.length; i++) {
                assertThat(planes[i]).isCloseTo(expectedPlanes[i], within((float) TOLERANCE));
            }
            var w = floats(columns * grid.pixels(), random);
            var sums = new double[columns * stored.features()];
            var expectedSums = sums.clone();
            matrix.transposeTimes(w, columns, sums);
            stored.transposeTimes(w, columns, expectedSums);
            for (int i = 0; i < sums.length; i++) {
                assertThat(sums[i]).isCloseTo(expectedSums[i], within(5 * TOLERANCE));
            }
        });
    }

    @Property(tries = 60)
    void normsAndRowsEqualTheStoredMatrix(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 40) int width) {
        var grid = new Grid(height, width);
        var maps = maps(seed, height, width);
        var stored = StoredMatrix.enlarged(grid, maps);
        onEveryDevice(grid, maps, (matrix, random) -> {
            var norms = new double[grid.pixels()];
            var expected = norms.clone();
            matrix.squaredNorms(norms);
            stored.squaredNorms(expected);
            for (int i = 0; i < norms.length; i++) {
                assertThat(norms[i]).isCloseTo(expected[i], within(1e-5));
            }
            var rows = new float[stored.values().length];
            matrix.gather(IntStream.range(0, grid.pixels()).toArray(), rows);
            for (int i = 0; i < rows.length; i++) {
                assertThat((double) rows[i]).isCloseTo(stored.values()[i], within(1e-6));
            }
        });
    }

    @Test
    void sumsOverAllPixelsAreRightToOneInTenMillion() {
        var random = new SplittableRandom(7);
        var fine = map(224, 224, 8, random);
        var coarse = map(14, 14, 600, random);
        onEveryDevice(new Grid(224, 224), List.of(fine, coarse), (matrix, ignored) -> {
            var ones = new float[224 * 224];
            Arrays.fill(ones, 1);
            var sums = new double[608];
            matrix.transposeTimes(ones, 1, sums);
            for (int f = 0; f < 608; f++) {
                var expected = f < 8 ? sum(fine, f) : 256 * sum(coarse, f - 8);
                assertThat(sums[f]).isCloseTo(expected, within(1e-7 * expected));
            }
        });
    }

    private static double sum(FeatureMap map, int channel) {
        return IntStream.range(0, map.positions())
                .mapToDouble(p -> map.values().get(p * map.channels() + channel))
                .sum();
    }

    @Test
    void rowsAndNormsOfAWholeVggEqualTheReference() {
        var maps = new ArrayList<FeatureMap>();
        for (var layer : List.of("l3", "l8", "l15", "l22", "l29")) {
            var array = TruthArrays.read("frame150_caffe_maps.npz", layer);
            var map = FeatureMap.allocate(
                    layer,
                    array.shape().get(1),
                    array.shape().get(2),
                    array.shape().get(0));
            for (int c = 0; c < map.channels(); c++) {
                for (int p = 0; p < map.positions(); p++) {
                    map.values().put(p * map.channels() + c, array.values()[c * map.positions() + p]);
                }
            }
            maps.add(map);
        }
        var expected =
                TruthArrays.read("frame150_caffe_hypercolumns.npz", "halfpixel").values();
        var yx =
                TruthArrays.read("frame150_caffe_hypercolumns.npz", "pixels_yx").values();
        var pixels = IntStream.range(0, yx.length / 2)
                .map(i -> (int) (yx[2 * i] * 224 + yx[2 * i + 1]))
                .toArray();
        onEveryDevice(new Grid(224, 224), maps, (matrix, ignored) -> {
            var rows = new float[expected.length];
            matrix.gather(pixels, rows);
            var norms = new double[224 * 224];
            matrix.squaredNorms(norms);
            for (int i = 0; i < pixels.length; i++) {
                var norm = 0.0;
                for (int f = 0; f < matrix.features(); f++) {
                    double x = expected[i * matrix.features() + f];
                    assertThat((double) rows[i * matrix.features() + f])
                            .isCloseTo(x, within(3e-7 * Math.max(1, Math.abs(x))));
                    norm += x * x;
                }
                assertThat(norms[pixels[i]]).isCloseTo(norm, within(5e-7 * norm));
            }
        });
    }

    @Property(tries = 20)
    void rowsInHalfPrecisionAreTheRowsRounded(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 40) int width) {
        var maps = maps(seed, height, width);
        var random = new SplittableRandom(seed);
        // Around the least half, the least normal one and the greatest, and beyond all of them.
        for (var map : maps) {
            for (int i = 0; i < map.positions() * map.channels(); i++) {
                map.values().put(i, (float) (random.nextDouble(-1, 1) * Math.pow(2, random.nextInt(-26, 19))));
            }
        }
        maps.get(3).values().put(0, 65519.99f);
        maps.get(3).values().put(1, -65520f);
        var grid = new Grid(height, width);
        onEveryDevice(grid, maps, (matrix, ignored) -> {
            var pixels = random.ints(1500, 0, grid.pixels()).toArray();
            var rows = new float[pixels.length * matrix.features()];
            matrix.gather(pixels, rows);
            var expected = ByteBuffer.allocate(2 * rows.length);
            var saturated = Float16.fromFloats(FloatBuffer.wrap(rows), 0, expected, rows.length);
            var halves = ByteBuffer.allocate(2 * rows.length);
            assertThat(((DeviceHypercolumnMatrix) matrix).gatherHalves(pixels, halves))
                    .isEqualTo(saturated);
            assertThat(halves.remaining()).isZero();
            assertThat(halves.array()).isEqualTo(expected.array());
        });
    }

    @Test
    void arraysThatAreTooShortAreRefused() {
        onEveryDevice(new Grid(2, 2), List.of(map(2, 2, 3, new SplittableRandom(1))), (matrix, ignored) -> {
            assertThatThrownBy(() -> matrix.times(new float[2], 1, new float[4]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> matrix.transposeTimes(new float[4], 1, new double[2]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> matrix.gather(new int[] {4}, new float[3]))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        });
    }
}

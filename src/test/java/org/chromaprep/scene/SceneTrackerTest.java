package org.chromaprep.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.chromaprep.hypercolumn.Grid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SceneTrackerTest {
    private static final Grid GRID = new Grid(112, 160);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aHardCutBeginsAScene(long seed) {
        assertThat(cuts(30, i -> grain(picture(i < 17 ? seed : seed + 100, 0), 8, i))).containsExactly(17);
    }

    @Test
    void identicalFramesAreOneScene() {
        assertThat(cuts(20, i -> picture(1, 0))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 15, 30})
    void grainIsNoCut(int deviation) {
        assertThat(cuts(30, i -> grain(picture(2, 0), deviation, i))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6})
    void aPanIsNoCut(int pixelsAFrame) {
        assertThat(cuts(30, i -> grain(picture(3, i * pixelsAFrame), 6, i))).isEmpty();
    }

    @Test
    void flickerOfExposureIsNoCut() {
        var random = new Random(4);
        assertThat(cuts(40, i -> grain(exposed(picture(4, i), 0.6 + 0.4 * random.nextDouble()), 6, i))).isEmpty();
    }

    @Test
    void aFadeToBlackAndBackToTheSamePictureIsNoCut() {
        assertThat(cuts(60, i -> grain(exposed(picture(5, 0), Math.abs(i - 30) / 30.0), 3, i))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void aFadeThroughBlackToAnotherPictureIsOneCut(long seed) {
        assertThat(cuts(60, i -> grain(exposed(picture(i < 30 ? seed : seed + 100, 0), Math.abs(i - 30) / 30.0), 3, i)))
                .hasSize(1).allMatch(cut -> cut >= 30 && cut < 45);
    }

    @Test
    void aWhiteFlashIsNoCut() {
        assertThat(cuts(30, i -> i == 15 ? plain(255) : grain(picture(6, 0), 6, i))).isEmpty();
    }

    @Test
    void aStrayFrameIsOneCutAndNotTwo() {
        assertThat(cuts(30, i -> grain(picture(i == 15 ? 107 : 7, 0), 6, i))).containsExactly(15);
    }

    @Test
    void aMixtureOfTheFramesAroundACutIsNoSceneOfItsOwn() {
        assertThat(cuts(30, i -> i == 15
                ? mixed(picture(8, 0), picture(108, 0)) : grain(picture(i < 15 ? 8 : 108, 0), 6, i))).hasSize(1);
    }

    @Test
    void scenesOfAFewFramesAreAllFound() {
        assertThat(cuts(30, i -> grain(picture(20 + i / 5, 0), 6, i))).containsExactly(5, 10, 15, 20, 25);
    }

    @Test
    void aBlackLeaderIsASceneOfItsOwn() {
        assertThat(cuts(20, i -> i < 10 ? plain(16) : picture(9, 0))).containsExactly(10);
        assertThat(cuts(20, i -> plain(0))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 15, 16, 20, 29})
    void aTrackerRestoredAnywhereGoesOnAlike(int cut) {
        IntFunction<byte[]> film = i -> grain(picture(i == 15 ? 107 : i < 20 ? 7 : 207, i), 6, i);
        var whole = new SceneTracker(GRID);
        var expected = IntStream.range(0, 30).map(i -> whole.accept(film.apply(i))).toArray();
        var first = new SceneTracker(GRID);
        IntStream.range(0, cut).forEach(i -> first.accept(film.apply(i)));
        var second = new SceneTracker(GRID);

        second.restore(first.snapshot());

        assertThat(second.snapshot()).isEqualTo(first.snapshot());
        for (var i = cut; i < 30; i++) {
            assertThat(second.accept(film.apply(i))).isEqualTo(expected[i]);
        }
        assertThat(second.snapshot()).isEqualTo(whole.snapshot());
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,50", "7,3", "33,31"})
    void gridsOfAnySizeAreServed(int height, int width) {
        var tracker = new SceneTracker(new Grid(height, width));
        var luma = new byte[height * width];
        new Random(1).nextBytes(luma);

        assertThat(tracker.accept(luma)).isZero();
        assertThat(tracker.accept(luma)).isZero();
    }

    @Test
    void otherSizesAreRefused() {
        var tracker = new SceneTracker(GRID);

        assertThatThrownBy(() -> tracker.accept(new byte[5])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tracker.restore(new byte[5]))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("160x112");
    }

    private static List<Integer> cuts(int frames, IntFunction<byte[]> film) {
        var tracker = new SceneTracker(GRID);
        var cuts = new ArrayList<Integer>();
        var last = 0;
        for (var i = 0; i < frames; i++) {
            var scene = tracker.accept(film.apply(i));
            assertThat(scene).isBetween(last, last + 1);
            if (scene > last) {
                cuts.add(i);
            }
            last = scene;
        }
        return cuts;
    }

    /** Thirty boxes of random places and greys on a slope, seen by a camera that has moved so many pixels. */
    private static byte[] picture(long seed, int moved) {
        var random = new Random(seed * 1_000_003);
        var grey = new int[GRID.height()][3 * GRID.width()];
        for (var box = 0; box < 90; box++) {
            var top = random.nextInt(GRID.height());
            var left = random.nextInt(3 * GRID.width());
            var bottom = Math.min(GRID.height(), top + 15 + random.nextInt(60));
            var right = Math.min(3 * GRID.width(), left + 15 + random.nextInt(60));
            var shade = 20 + random.nextInt(216);
            for (var y = top; y < bottom; y++) {
                for (var x = left; x < right; x++) {
                    grey[y][x] = shade;
                }
            }
        }
        var luma = new byte[GRID.pixels()];
        for (var i = 0; i < luma.length; i++) {
            luma[i] = (byte) grey[i / GRID.width()][i % GRID.width() + moved];
        }
        return luma;
    }

    private static byte[] grain(byte[] luma, int deviation, long seed) {
        var random = new Random(seed);
        return each(luma, grey -> grey + deviation * random.nextGaussian());
    }

    private static byte[] exposed(byte[] luma, double share) {
        return each(luma, grey -> grey * share);
    }

    private static byte[] each(byte[] luma, IntToDoubleFunction change) {
        var changed = new byte[luma.length];
        for (var i = 0; i < luma.length; i++) {
            changed[i] = (byte) Math.max(0, Math.min(255, Math.round(change.applyAsDouble(luma[i] & 0xFF))));
        }
        return changed;
    }

    private static byte[] mixed(byte[] a, byte[] b) {
        var mixture = new byte[a.length];
        for (var i = 0; i < a.length; i++) {
            mixture[i] = (byte) (((a[i] & 0xFF) + (b[i] & 0xFF)) / 2);
        }
        return mixture;
    }

    private static byte[] plain(int grey) {
        var luma = new byte[GRID.pixels()];
        Arrays.fill(luma, (byte) grey);
        return luma;
    }

}

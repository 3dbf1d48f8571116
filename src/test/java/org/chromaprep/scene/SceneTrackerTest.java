package org.chromaprep.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class SceneTrackerTest {
    private static final int HEIGHT = 112;
    private static final int WIDTH = 160;
    private static final int FRAMES = 60;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aHardCutBeginsAScene(long seed) {
        assertThat(cuts(30, i -> grain(picture(i < 17 ? seed : seed + 100, 0), 8, i)))
                .containsExactly(17);
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
        assertThat(cuts(40, i -> grain(exposed(picture(4, i), 0.6 + 0.4 * random.nextDouble()), 6, i)))
                .isEmpty();
    }

    @Test
    void aFadeToBlackAndBackToTheSamePictureIsNoCut() {
        assertThat(cuts(60, i -> grain(exposed(picture(5, 0), Math.abs(i - 30) / 30.0), 3, i)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void aFadeThroughBlackToAnotherPictureIsOneCut(long seed) {
        assertThat(cuts(60, i -> grain(exposed(picture(i < 30 ? seed : seed + 100, 0), Math.abs(i - 30) / 30.0), 3, i)))
                .hasSize(1)
                .allMatch(cut -> cut >= 30 && cut < 45);
    }

    @Test
    void aWhiteFlashIsNoCut() {
        assertThat(cuts(30, i -> i == 15 ? plain(255) : grain(picture(6, 0), 6, i)))
                .isEmpty();
    }

    @Test
    void aStrayFrameIsOneCutAndNotTwo() {
        assertThat(cuts(30, i -> grain(picture(i == 15 ? 107 : 7, 0), 6, i))).containsExactly(15);
    }

    @Test
    void aMixtureOfTheFramesAroundACutIsNoSceneOfItsOwn() {
        assertThat(cuts(
                        30,
                        i -> i == 15
                                ? mixed(picture(8, 0), picture(108, 0), 0.5)
                                : grain(picture(i < 15 ? 8 : 108, 0), 6, i)))
                .hasSize(1);
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
    @ValueSource(ints = {0, 1, 10, 15, 16, 20, 29, 37, 45, 55, 59})
    void aTrackerRestoredAnywhereContinuesAlike(int cut) {
        IntFunction<byte[]> film = i -> i < 5
                ? plain(16)
                : i < 35
                        ? grain(picture(i == 15 ? 107 : i < 20 ? 7 : 207, 0), 6, i)
                        : grain(mixed(picture(207, 0), picture(307, 0), Math.min(1, (i - 35) / 12.0)), 3, i);
        var whole = new SceneTracker(SceneState.BEGINNING);
        var expected = IntStream.range(0, FRAMES)
                .mapToObj(i -> whole.accept(i, small(film.apply(i))))
                .toList();
        var first = new SceneTracker(SceneState.BEGINNING);
        IntStream.range(0, cut).forEach(i -> first.accept(i, small(film.apply(i))));

        var second = new SceneTracker(SceneState.of(first.state().toBytes()));

        assertThat(second.state().toBytes()).isEqualTo(first.state().toBytes());
        for (var i = cut; i < FRAMES; i++) {
            assertThat(second.accept(i, small(film.apply(i)))).isEqualTo(expected.get(i));
        }
        assertThat(second.state().toBytes()).isEqualTo(whole.state().toBytes());
        assertThat(expected.get(FRAMES - 1).scene()).isEqualTo(4);
    }

    @Test
    void bytesThatEndTooEarlyAreRefused() {
        var bytes = SceneState.BEGINNING.toBytes();

        assertThatThrownBy(() -> SceneState.of(Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too early");
    }

    @ParameterizedTest
    @CsvSource({"3,1", "6,2", "10,3", "16,4", "25,5", "40,6", "55,7"})
    void aDissolveBeginsAScene(int length, long seed) {
        IntFunction<byte[]> film = i -> grain(
                mixed(picture(seed, 0), picture(seed + 100, 0), Math.min(1, Math.max(0, (i - 29) / (length + 1.0)))),
                3,
                i);
        var places = places(90 + length, film);
        var starts = IntStream.range(1, places.size())
                .filter(i -> places.get(i).start().isPresent())
                .toArray();

        assertThat(starts).hasSize(1);
        // A dissolve of few frames may show as a cut in its midst; a slower
        // one is seen at its end, and says where it was.
        assertThat(starts[0]).isBetween(30, 30 + length + 20);
        var transition = places.get(starts[0]).start().orElseThrow().transition();
        if (length > 6) {
            assertThat(transition).hasValueSatisfying(each -> {
                assertThat(each.kind()).isEqualTo(Transition.Kind.DISSOLVE);
                // The first eighth of a mixture, and the last, are nearer to one picture than grain lets anybody tell.
                assertThat((double) each.first()).isBetween(29.0, 31 + 0.2 * length);
                assertThat((double) each.last()).isBetween(29 + 0.8 * length - 1, 31.0 + length);
            });
        }
    }

    @Test
    void aFadeSaysWhichFramesWereWithoutContrast() {
        var places = places(60, i -> grain(exposed(picture(i < 30 ? 11 : 111, 0), Math.abs(i - 30) / 30.0), 3, i));
        var start = IntStream.range(1, 60)
                .filter(i -> places.get(i).start().isPresent())
                .findFirst()
                .orElseThrow();

        var transition = places.get(start).start().orElseThrow().transition().orElseThrow();

        assertThat(transition.kind()).isEqualTo(Transition.Kind.FADE);
        assertThat(transition.first()).isBetween(25L, 30L);
        assertThat(transition.last()).isEqualTo(start - 1L);
    }

    @Test
    void aScenesStartShowsTheLastFrameBeforeIt() {
        var places = places(20, i -> i < 10 ? picture(1, 0) : picture(101, 0));

        assertThat(places.get(0).start().orElseThrow().before()).isEmpty();
        var start = places.get(10).start().orElseThrow();
        assertThat(start.before())
                .contains(ScenePicture.of(small(picture(1, 0))).toBase64());
        assertThat(Base64.getDecoder().decode(start.before().orElseThrow())).hasSize(32 * 32);
        assertThat(IntStream.range(1, 20).filter(i -> places.get(i).start().isPresent()))
                .containsExactly(10);
    }

    private static List<ScenePlace> places(int frames, IntFunction<byte[]> film) {
        var tracker = new SceneTracker(SceneState.BEGINNING);
        return IntStream.range(0, frames)
                .mapToObj(i -> tracker.accept(i, small(film.apply(i))))
                .toList();
    }

    /** Means of the pixels that each pixel of the thumbnail covers. */
    private static Thumbnail small(byte[] luma) {
        var greys = new byte[Thumbnail.SIDE * Thumbnail.SIDE];
        for (var y = 0; y < Thumbnail.SIDE; y++) {
            for (var x = 0; x < Thumbnail.SIDE; x++) {
                var sum = 0.0;
                var weight = 0.0;
                for (var row = 0; row < HEIGHT; row++) {
                    var down = overlap(
                            row, y * HEIGHT / (double) Thumbnail.SIDE, (y + 1) * HEIGHT / (double) Thumbnail.SIDE);
                    for (var column = x * WIDTH / Thumbnail.SIDE; down > 0 && column < WIDTH; column++) {
                        var across = overlap(
                                column, x * WIDTH / (double) Thumbnail.SIDE, (x + 1) * WIDTH / (double) Thumbnail.SIDE);
                        sum += down * across * (luma[row * WIDTH + column] & 0xFF);
                        weight += down * across;
                    }
                }
                greys[y * Thumbnail.SIDE + x] = (byte) Math.round(sum / weight);
            }
        }
        return new Thumbnail(greys);
    }

    private static double overlap(int pixel, double begin, double end) {
        return Math.max(0, Math.min(pixel + 1, end) - Math.max(pixel, begin));
    }

    private static List<Integer> cuts(int frames, IntFunction<byte[]> film) {
        var places = places(frames, film);
        var cuts = new ArrayList<Integer>();
        var last = 0;
        for (var i = 0; i < frames; i++) {
            var scene = places.get(i).scene();
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
        var grey = new int[HEIGHT][3 * WIDTH];
        for (var box = 0; box < 90; box++) {
            var top = random.nextInt(HEIGHT);
            var left = random.nextInt(3 * WIDTH);
            var bottom = Math.min(HEIGHT, top + 15 + random.nextInt(60));
            var right = Math.min(3 * WIDTH, left + 15 + random.nextInt(60));
            var shade = 20 + random.nextInt(216);
            for (var y = top; y < bottom; y++) {
                for (var x = left; x < right; x++) {
                    grey[y][x] = shade;
                }
            }
        }
        var luma = new byte[HEIGHT * WIDTH];
        for (var i = 0; i < luma.length; i++) {
            luma[i] = (byte) grey[i / WIDTH][i % WIDTH + moved];
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

    private static byte[] mixed(byte[] a, byte[] b, double share) {
        var mixture = new byte[a.length];
        for (var i = 0; i < a.length; i++) {
            mixture[i] = (byte) Math.round((1 - share) * (a[i] & 0xFF) + share * (b[i] & 0xFF));
        }
        return mixture;
    }

    private static byte[] plain(int grey) {
        var luma = new byte[HEIGHT * WIDTH];
        Arrays.fill(luma, (byte) grey);
        return luma;
    }
}

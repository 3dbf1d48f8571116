package org.chromaprep.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrientationCropTest {
    private static final int WIDTH = 7;
    private static final int HEIGHT = 5;

    static Stream<Orientation> orientations() {
        return IntStream.range(0, 8).mapToObj(i -> new Orientation((i & 1) != 0, (i & 2) != 0, (i & 4) != 0));
    }

    @ParameterizedTest
    @MethodSource("orientations")
    void croppingAndTurningMayChangePlaces(Orientation orientation) {
        var stored = IntStream.range(0, WIDTH * HEIGHT).toArray();
        var shown = new int[stored.length];
        orientation.turn(stored, WIDTH, HEIGHT, shown);
        var crop = new CropArea(1, 2, 3, 2);
        var wanted = cropped(shown, orientation.width(WIDTH, HEIGHT), crop);

        var first = orientation.stored(crop, WIDTH, HEIGHT);
        var turned = new int[first.width() * first.height()];
        orientation.turn(cropped(stored, WIDTH, first), first.width(), first.height(), turned);

        assertThat(turned).isEqualTo(wanted);
    }

    private static int[] cropped(int[] pixels, int width, CropArea crop) {
        return IntStream.range(0, crop.height())
                .flatMap(y -> Arrays.stream(
                        pixels,
                        (crop.top() + y) * width + crop.left(),
                        (crop.top() + y) * width + crop.left() + crop.width()))
                .toArray();
    }
}

package org.chromaprep.vgg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessingTest {
    @ParameterizedTest
    @CsvSource({"CAFFE, 76.32, 83.221, 96.061", "RAW, 200, 200, 200", "TORCH, 1.307047, 1.465686, 1.681394"})
    void greyGivesTheThreeChannelsOfThePaper(Preprocessing preprocessing, float r, float g, float b) {
        var input = FloatBuffer.allocate(6);
        preprocessing.fromLuma(new byte[] {0, (byte) 200}, input);

        assertThat(input.get(3)).isCloseTo(r, within(1e-4f));
        assertThat(input.get(4)).isCloseTo(g, within(1e-4f));
        assertThat(input.get(5)).isCloseTo(b, within(1e-4f));
    }

    @ParameterizedTest
    @CsvSource({"CAFFE, 131.32, -106.779, 16.061", "RAW, 255, 10, 120", "TORCH, 2.248908, -1.860644, 0.287059"})
    void colourKeepsItsChannels(Preprocessing preprocessing, float r, float g, float b) {
        var input = FloatBuffer.allocate(3);
        preprocessing.fromRgb(new byte[] {(byte) 255, 10, 120}, input);

        assertThat(input.array()).containsExactly(new float[] {r, g, b}, within(1e-4f));
    }
}

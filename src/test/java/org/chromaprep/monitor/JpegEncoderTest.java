package org.chromaprep.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.chromaprep.pipeline.watch.LivePicture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegEncoderTest {
    private static LivePicture halves(int width, int height, int left, int right) {
        // Longer than the picture, as slots' canvases may be.
        var rgb = new int[width * height + 7];
        Arrays.setAll(rgb, pixel -> pixel % width < width / 2 ? left : right);
        return new LivePicture(1, 0, width, height, rgb);
    }

    private static void assertColour(int found, int expected) {
        var one = new Color(found);
        var other = new Color(expected);
        assertThat(one.getRed()).isCloseTo(other.getRed(), within(6));
        assertThat(one.getGreen()).isCloseTo(other.getGreen(), within(6));
        assertThat(one.getBlue()).isCloseTo(other.getBlue(), within(6));
    }

    @ParameterizedTest
    @ValueSource(ints = {0xd02010, 0x10c030, 0x2030e0, 0xffffff, 0x000000})
    void colourAndSizeOfEveryPictureAreItsOwn(int colour) throws Exception {
        try (var encoder = new JpegEncoder()) {
            for (var size : new int[][] {{64, 32}, {64, 32}, {96, 48}, {31, 17}}) {
                var picture = halves(size[0], size[1], colour, 0x808080);
                var decoded = ImageIO.read(new ByteArrayInputStream(encoder.encode(picture)));
                assertThat(decoded.getWidth()).isEqualTo(size[0]);
                assertThat(decoded.getHeight()).isEqualTo(size[1]);
                assertColour(decoded.getRGB(2, 2), colour);
                assertColour(decoded.getRGB(size[0] - 2, size[1] - 2), 0x808080);
            }
        }
    }
}

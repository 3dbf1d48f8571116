package org.chromaprep.output.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Pictures are read back by ImageIO. */
class PngTest {
    private final Png png = new Png();

    @Property(tries = 60)
    void anotherReaderFindsTheSamePixels(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 300) int height,
            @ForAll @IntRange(min = 1, max = 300) int width,
            @ForAll boolean coloured)
            throws Exception {
        var channels = coloured ? 3 : 1;
        var pixels = new byte[height * width * channels];
        new Random(seed).nextBytes(pixels);
        var out = new ByteArrayOutputStream();
        png.write(pixels, height, width, channels, out);
        var image = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
        assertThat(image.getRaster().getNumBands()).isEqualTo(channels);
        assertThat(image.getWidth()).isEqualTo(width);
        var read = image.getRaster().getPixels(0, 0, width, height, (int[]) null);
        for (var i = 0; i < pixels.length; i++) {
            assertThat(read[i]).isEqualTo(pixels[i] & 0xFF);
        }
    }
}

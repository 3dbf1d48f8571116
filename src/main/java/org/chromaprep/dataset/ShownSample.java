package org.chromaprep.dataset;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.chromaprep.colour.CieLab;
import org.chromaprep.colour.Srgb;
import org.chromaprep.npy.NpyReader;
import org.chromaprep.output.shard.FilmSamples;

/**
 * A sample's pictures for people.
 *
 * @param key its own
 * @param grey its grey picture with the sampled pixels as dots
 * @param colours its colour target over the grey picture's lightness; the grey picture again where it has none
 */
record ShownSample(String key, BufferedImage grey, BufferedImage colours) {
    private static final int MOST_NUMBERS = 1 << 26;

    /** Of a sample that has its grey picture. */
    static ShownSample of(FilmSamples.Sample sample) throws IOException {
        var read = sample.grey().orElseThrow(() -> new IOException(sample.key() + " has no grey picture"));
        var width = read.getWidth();
        var height = read.getHeight();
        var grey = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var colours = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var ab = floats(sample, "ab.npy", 2 * width * height);
        for (var pixel = 0; pixel < width * height; pixel++) {
            var x = pixel % width;
            var y = pixel / width;
            var level = read.getSample(x, y, 0);
            grey.setRGB(x, y, level * 0x10101);
            colours.setRGB(
                    x,
                    y,
                    ab.length == 0
                            ? level * 0x10101
                            : CieLab.rgb(
                                    CieLab.lightness(Srgb.light(level / 255.0)), ab[2 * pixel], ab[2 * pixel + 1]));
        }
        var places = floats(sample, "samples_yx.npy", MOST_NUMBERS);
        for (var i = 0; i + 1 < places.length; i += 2) {
            grey.setRGB(
                    Math.min(width - 1, (int) places[i + 1]),
                    Math.min(height - 1, (int) places[i]),
                    Color.ORANGE.getRGB());
        }
        return new ShownSample(sample.key(), grey, colours);
    }

    private static float[] floats(FilmSamples.Sample sample, String suffix, int most) throws IOException {
        var member = sample.member(suffix);
        return member.isEmpty()
                ? new float[0]
                : NpyReader.read(new ByteArrayInputStream(member.get().array()), most)
                        .values();
    }
}

package org.chromaprep.dataset;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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
            colours.setRGB(x, y, ab.length == 0 ? level * 0x10101
                    : rgb(lightness(level / 255.0), ab[2 * pixel], ab[2 * pixel + 1]));
        }
        var places = floats(sample, "samples_yx.npy", MOST_NUMBERS);
        for (var i = 0; i + 1 < places.length; i += 2) {
            grey.setRGB(Math.min(width - 1, (int) places[i + 1]), Math.min(height - 1, (int) places[i]),
                    Color.ORANGE.getRGB());
        }
        return new ShownSample(sample.key(), grey, colours);
    }

    private static float[] floats(FilmSamples.Sample sample, String suffix, int most) throws IOException {
        var member = sample.member(suffix);
        return member.isEmpty() ? new float[0]
                : NpyReader.read(new ByteArrayInputStream(member.get().array()), most).values();
    }

    private static double lightness(double level) {
        var light = level <= 0.04045 ? level / 12.92 : StrictMath.pow((level + 0.055) / 1.055, 2.4);
        return light > 216.0 / 24389 ? 116 * StrictMath.cbrt(light) - 16 : light * 24389 / 27;
    }

    /** The nearest sRGB colour, 0xRRGGBB, of CIE Lab under D65. */
    static int rgb(double lightness, double a, double b) {
        var fy = (lightness + 16) / 116;
        var x = 0.95047 * expanded(fy + a / 500);
        var y = expanded(fy);
        var z = 1.08883 * expanded(fy - b / 200);
        return level(3.2404542 * x - 1.5371385 * y - 0.4985314 * z) << 16
                | level(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z) << 8
                | level(0.0556434 * x - 0.2040259 * y + 1.0572252 * z);
    }

    private static double expanded(double f) {
        return f > 6.0 / 29 ? f * f * f : (116 * f - 16) * 27 / 24389;
    }

    private static int level(double light) {
        var clipped = Math.max(0, Math.min(1, light));
        var value = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * StrictMath.pow(clipped, 1 / 2.4) - 0.055;
        return (int) Math.round(255 * value);
    }
}

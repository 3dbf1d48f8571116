package org.chromaprep.scene;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/** Small pictures as films have them: soft, some of them seen before, cropped, squeezed, darker, with grain, some nearly empty. */
public final class MadePictures {
    private static final int SIDE = 32;
    private static final int WAVES = 40;

    private MadePictures() {}

    /** A picture whose waves are the weaker, the shorter they are. */
    private record Picture(double[] across, double[] down, double[] phase) {
        static Picture of(SplittableRandom random) {
            var picture = new Picture(new double[WAVES], new double[WAVES], new double[WAVES]);
            for (var wave = 0; wave < WAVES; wave++) {
                picture.across[wave] = 2 * normal(random);
                picture.down[wave] = 2 * normal(random);
                picture.phase[wave] = random.nextDouble(2 * Math.PI);
            }
            return picture;
        }

        private static double normal(SplittableRandom random) {
            var sum = -6.0;
            for (var i = 0; i < 12; i++) {
                sum += random.nextDouble();
            }
            return sum;
        }

        double grey(double x, double y) {
            var sum = 0.0;
            for (var wave = 0; wave < WAVES; wave++) {
                sum += Math.cos(2 * Math.PI * (across[wave] * x + down[wave] * y) + phase[wave])
                        / Math.max(0.5, Math.hypot(across[wave], down[wave]));
            }
            return sum;
        }
    }

    /** Pictures of scenes, each as {@link ScenePicture#toBase64} gives it. */
    public static List<List<String>> scenes(SplittableRandom random, int count, int each) {
        var known = new ArrayList<Picture>();
        var scenes = new ArrayList<List<String>>();
        for (var scene = 0; scene < count; scene++) {
            var pictures = new ArrayList<String>();
            for (var i = 0; i < each; i++) {
                var again = !known.isEmpty() && random.nextInt(6) == 0;
                var picture = again ? known.get(random.nextInt(known.size())) : Picture.of(random);
                known.add(picture);
                pictures.add(base64(picture, random));
            }
            scenes.add(pictures);
        }
        return scenes;
    }

    private static String base64(Picture picture, SplittableRandom random) {
        var part = PicturePart.LISTED.get(random.nextBoolean() ? 0 : random.nextInt(PicturePart.LISTED.size()));
        var contrast = random.nextInt(20) == 0 ? 2.0 : random.nextDouble(10, 30);
        var grain = random.nextDouble(5);
        var greys = new byte[SIDE * SIDE];
        for (var y = 0; y < SIDE; y++) {
            for (var x = 0; x < SIDE; x++) {
                var grey = 128
                        + contrast
                                * picture.grey(
                                        part.left() + (x + 0.5) / SIDE * part.width(),
                                        part.top() + (y + 0.5) / SIDE * part.height())
                        + random.nextDouble(-grain, grain);
                greys[y * SIDE + x] = (byte) Math.max(0, Math.min(255, grey));
            }
        }
        return Base64.getEncoder().encodeToString(greys);
    }
}

package org.chromaprep.video.survey;

import java.util.Arrays;
import org.chromaprep.video.Fit;
import org.chromaprep.video.Framing;
import org.chromaprep.video.Picture;
import org.chromaprep.video.scale.LabScaler;

/**
 * Tells colour films, tinted ones and black-and-white ones apart by some of their frames.
 *
 * <p>A tint is a function of lightness: within a frame, all pixels of about one lightness have one a*, b*. So each frame's
 * pixels are sorted into bands of lightness, and what is left of a*, b* beside their band's mean is the colour that no tint
 * explains. Tints may change from scene to scene. The owner closes it. One thread.
 */
final class ColourMeter implements AutoCloseable {
    private static final int SIDE = 64;
    private static final int BANDS = 20;
    /** Root mean square of a*, b* beside the tint; codecs' noise on grey and sepia films stays below 1.5. */
    private static final double COLOUR = 2.5;
    /** A film has colour where more than this share of its frames has: titles in colour make none. */
    private static final double ENOUGH_FRAMES = 0.1;
    /** Mean chroma of a tint that is seen as one. */
    private static final double TINT = 4;
    /** Frames darker than this mean L* say nothing. */
    private static final double DARK = 4;

    private final LabScaler scaler = new LabScaler(SIDE, SIDE, Framing.of(Fit.STRETCH));
    private final float[] lightness = new float[SIDE * SIDE];
    private final float[] ab = new float[2 * SIDE * SIDE];
    private final double[] sumA = new double[BANDS];
    private final double[] sumB = new double[BANDS];
    private final int[] count = new int[BANDS];
    private double chroma;
    private double beside;
    private int frames;
    private int colourFrames;

    void add(Picture picture) {
        scaler.scale(picture, lightness, ab);
        var mean = 0.0;
        for (var value : lightness) {
            mean += value / lightness.length;
        }
        if (mean < DARK) {
            return;
        }
        Arrays.fill(sumA, 0);
        Arrays.fill(sumB, 0);
        Arrays.fill(count, 0);
        var frameChroma = 0.0;
        for (var i = 0; i < lightness.length; i++) {
            var band = band(i);
            sumA[band] += ab[2 * i];
            sumB[band] += ab[2 * i + 1];
            count[band]++;
            frameChroma += Math.sqrt(ab[2 * i] * ab[2 * i] + ab[2 * i + 1] * ab[2 * i + 1]) / lightness.length;
        }
        var squares = 0.0;
        for (var i = 0; i < lightness.length; i++) {
            var band = band(i);
            var a = ab[2 * i] - sumA[band] / count[band];
            var b = ab[2 * i + 1] - sumB[band] / count[band];
            squares += a * a + b * b;
        }
        var rest = Math.sqrt(squares / lightness.length);
        frames++;
        chroma += frameChroma;
        beside += rest;
        colourFrames += rest > COLOUR ? 1 : 0;
    }

    private int band(int pixel) {
        return Math.max(0, Math.min(BANDS - 1, (int) (lightness[pixel] * BANDS / 100)));
    }

    /** Mean chroma of the frames' pixels. */
    double chroma() {
        return frames == 0 ? 0 : chroma / frames;
    }

    /** How far a*, b* are from the frame's tint, root mean square, mean of the frames. */
    double besideTint() {
        return frames == 0 ? 0 : beside / frames;
    }

    /** What kind the frames so far amount to. */
    ColourKind kind() {
        if (colourFrames > ENOUGH_FRAMES * frames) {
            return ColourKind.COLOUR;
        }
        return chroma() > TINT ? ColourKind.TINTED : ColourKind.BLACK_AND_WHITE;
    }

    @Override
    public void close() {
        scaler.close();
    }
}

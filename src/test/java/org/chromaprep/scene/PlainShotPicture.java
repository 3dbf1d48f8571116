package org.chromaprep.scene;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What {@link ShotGallery} finds, written down as its documentation says, for two pictures and without anything that saves time. */
public final class PlainShotPicture {
    private static final int SIDE = Thumbnail.HALF;
    private static final int PIXELS = SIDE * SIDE;
    /** Bits that hashes of the same part may differ by where the part is not one of the list: strangers differ by 32. */
    private static final int CANDIDATE = 16;
    /**
     * Correlation from which on grey values are alike. Pictures of different films reach 0.70 when fitted so; copies that are
     * cropped, squeezed and coded anew have 0.95 and more, and the same shot half a second later 0.9.
     */
    private static final double ALIKE = 0.82;
    /** The same for what is left without local means: different films reach 0.57, copies 0.89, the same shot later 0.8. */
    private static final double DETAIL_ALIKE = 0.6;
    /** Standard deviation in grey levels below which a picture shows too little to be recognised, as in fades. */
    private static final double TELLING = 10;
    /** Variance of grain and coding noise of these means, in squared grey levels. */
    private static final double NOISE = 6;

    private static final double FIRST_STEP = 0.03;
    private static final double LAST_STEP = 0.007;
    private static final double SLACK = 1e-9;
    /** Parts that are smaller are taken for another picture. */
    private static final double SMALLEST = 0.6;

    private static final List<Part> PARTS = parts();

    private final byte[] greys;
    private final long[] hashes;
    private final boolean telling;

    /** A part of a picture, in shares of its sides. */
    private record Part(double left, double top, double width, double height) {
        boolean isWithin() {
            return left >= -SLACK
                    && top >= -SLACK
                    && left + width <= 1 + SLACK
                    && top + height <= 1 + SLACK
                    && width >= SMALLEST
                    && height >= SMALLEST;
        }
    }

    private static List<Part> parts() {
        var parts = new ArrayList<Part>();
        parts.add(new Part(0, 0, 1, 1));
        for (var side : new double[] {0.96, 0.92, 0.88, 0.84, 0.8}) {
            parts.add(new Part((1 - side) / 2, (1 - side) / 2, side, side));
        }
        for (var side : new double[] {0.88, 0.8, 0.74, 0.7}) {
            var places = (int) Math.ceil((1 - side) / 0.04);
            for (var place = 0; place <= places; place++) {
                parts.add(new Part(0, place * (1 - side) / places, 1, side));
                parts.add(new Part(place * (1 - side) / places, 0, side, 1));
            }
        }
        return List.copyOf(parts);
    }

    public PlainShotPicture(String base64, PerceptualHash hash) {
        greys = Base64.getDecoder().decode(base64);
        if (greys.length != PIXELS) {
            throw new IllegalArgumentException(
                    "A small picture has " + PIXELS + " grey values, not " + greys.length + ".");
        }
        telling = deviation(greys) >= TELLING;
        hashes = new long[telling ? PARTS.size() : 0];
        var part = new float[PIXELS];
        for (var i = 0; i < hashes.length; i++) {
            resample(greys, PARTS.get(i), part);
            hashes[i] = hash.of(part);
        }
    }

    /** Whether it shows enough to be recognised. */
    public boolean telling() {
        return telling;
    }

    /** Whether both show the same shot, as far as pictures tell. */
    public boolean isLike(PlainShotPicture other) {
        return telling && other.telling && (within(this, other) || within(other, this));
    }

    /** Whether the second picture is a part of the first. */
    private static boolean within(PlainShotPicture whole, PlainShotPicture part) {
        var wanted = part.hashes[0];
        var nearest = -1;
        var least = CANDIDATE + 1;
        for (var i = 0; i < whole.hashes.length; i++) {
            var distance = Long.bitCount(whole.hashes[i] ^ wanted);
            if (distance < least) {
                least = distance;
                nearest = i;
            }
        }
        return nearest >= 0 && fit(whole.greys, part.greys, PARTS.get(nearest));
    }

    private static boolean fit(byte[] whole, byte[] picture, Part start) {
        var part = new float[PIXELS];
        resample(picture, PARTS.get(0), part);
        var seen = new float[PIXELS];
        var at = start;
        resample(whole, at, seen);
        var best = correlation(seen, part);
        for (var step = FIRST_STEP; step >= LAST_STEP; step /= 2) {
            var better = true;
            while (better) {
                better = false;
                for (var next : neighbours(at, step)) {
                    resample(whole, next, seen);
                    var correlation = correlation(seen, part);
                    if (correlation > best) {
                        best = correlation;
                        at = next;
                        better = true;
                    }
                }
            }
        }
        if (best < ALIKE) {
            return false;
        }
        resample(whole, at, seen);
        return correlation(detail(seen), detail(part)) >= DETAIL_ALIKE;
    }

    private static List<Part> neighbours(Part at, double step) {
        var next = new ArrayList<Part>();
        for (var sign = -1; sign <= 1; sign += 2) {
            var d = sign * step;
            next.add(new Part(at.left + d, at.top, at.width, at.height));
            next.add(new Part(at.left, at.top + d, at.width, at.height));
            next.add(new Part(at.left - d / 2, at.top, at.width + d, at.height));
            next.add(new Part(at.left, at.top - d / 2, at.width, at.height + d));
            next.add(new Part(at.left, at.top, at.width + d, at.height));
            next.add(new Part(at.left, at.top, at.width, at.height + d));
        }
        return next.stream().filter(Part::isWithin).toList();
    }

    /** A part of a picture, bilinearly enlarged to all of it. */
    private static void resample(byte[] from, Part part, float[] to) {
        for (var y = 0; y < SIDE; y++) {
            var row = Math.max(0, Math.min(SIDE - 1, (part.top + (y + 0.5) / SIDE * part.height) * SIDE - 0.5));
            var upper = (int) Math.min(SIDE - 2, row);
            var down = (float) (row - upper);
            for (var x = 0; x < SIDE; x++) {
                var column = Math.max(0, Math.min(SIDE - 1, (part.left + (x + 0.5) / SIDE * part.width) * SIDE - 0.5));
                var left = (int) Math.min(SIDE - 2, column);
                var across = (float) (column - left);
                var at = upper * SIDE + left;
                to[y * SIDE + x] = ((from[at] & 0xFF) * (1 - across) + (from[at + 1] & 0xFF) * across) * (1 - down)
                        + ((from[at + SIDE] & 0xFF) * (1 - across) + (from[at + SIDE + 1] & 0xFF) * across) * down;
            }
        }
    }

    private static double correlation(float[] one, float[] other) {
        double a = 0;
        double b = 0;
        double aa = 0;
        double ab = 0;
        double bb = 0;
        for (var i = 0; i < PIXELS; i++) {
            a += one[i];
            b += other[i];
            aa += (double) one[i] * one[i];
            ab += (double) one[i] * other[i];
            bb += (double) other[i] * other[i];
        }
        var varianceA = aa / PIXELS - a / PIXELS * (a / PIXELS) + NOISE;
        var varianceB = bb / PIXELS - b / PIXELS * (b / PIXELS) + NOISE;
        return (ab / PIXELS - a / PIXELS * (b / PIXELS)) / Math.sqrt(varianceA * varianceB);
    }

    /** What a picture has beside its means over 7 by 7 values. */
    private static float[] detail(float[] greys) {
        var detail = new float[PIXELS];
        for (var y = 0; y < SIDE; y++) {
            for (var x = 0; x < SIDE; x++) {
                var sum = 0f;
                var count = 0;
                for (var v = Math.max(0, y - 3); v <= Math.min(SIDE - 1, y + 3); v++) {
                    for (var u = Math.max(0, x - 3); u <= Math.min(SIDE - 1, x + 3); u++) {
                        sum += greys[v * SIDE + u];
                        count++;
                    }
                }
                detail[y * SIDE + x] = greys[y * SIDE + x] - sum / count;
            }
        }
        return detail;
    }

    private static double deviation(byte[] greys) {
        double sum = 0;
        double squares = 0;
        for (var grey : greys) {
            sum += grey & 0xFF;
            squares += (double) (grey & 0xFF) * (grey & 0xFF);
        }
        return Math.sqrt(Math.max(0, squares / PIXELS - sum / PIXELS * (sum / PIXELS)));
    }
}

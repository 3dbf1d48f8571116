package org.chromaprep.annotate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chromaprep.colour.CieLab;

/**
 * The clusters' colours, always the same for the same cluster number. Immutable.
 *
 * <p>The first seven are those of Okabe and Ito ("Color Universal Design", 2008), which colour-blind people can tell apart;
 * their eighth, black, is left out because laid over grey it looks like a dark picture. Each further one is, of the colours
 * whose channels are multiples of 17 and that are neither greyish (CIE chroma below 30) nor nearly black or white (L*
 * outside 25 to 95), the one whose smallest CIE 1976 difference to all before is greatest; of equals the smallest number.
 */
public final class Palette {
    /** The most clusters that have a colour. */
    public static final int MAX_CLUSTERS = 64;

    private static final int[] OKABE_ITO = {
        rgb(230, 159, 0),
        rgb(86, 180, 233),
        rgb(0, 158, 115),
        rgb(240, 228, 66),
        rgb(0, 114, 178),
        rgb(213, 94, 0),
        rgb(204, 121, 167)
    };
    private static final int STEP = 17;
    private static final double LEAST_CHROMA = 30;
    private static final double DARKEST = 25;
    private static final double BRIGHTEST = 95;
    /** Parts of colour in a hundred that are laid over grey. */
    static final int USUAL_STRENGTH = 45;

    private static final int PARTS = 100;

    private final int[] colours;
    private final int strength;

    private Palette(int[] colours, int strength) {
        this.colours = colours;
        this.strength = strength;
    }

    /**
     * @param clusters 0 to {@link #MAX_CLUSTERS}
     * @throws IllegalArgumentException if there are not so many colours
     */
    public static Palette of(int clusters) {
        if (clusters < 0 || clusters > MAX_CLUSTERS) {
            throw new IllegalArgumentException(
                    "There are colours for 0 to " + MAX_CLUSTERS + " clusters, not for " + clusters + ".");
        }
        var colours = new int[clusters];
        System.arraycopy(OKABE_ITO, 0, colours, 0, Math.min(clusters, OKABE_ITO.length));
        if (clusters > OKABE_ITO.length) {
            addFarthest(colours);
        }
        return new Palette(colours, USUAL_STRENGTH);
    }

    /** The same colours laid over grey by so many parts in a hundred. */
    Palette withStrength(int parts) {
        return new Palette(colours, parts);
    }

    /** How many colours there are. */
    public int size() {
        return colours.length;
    }

    /**
     * A cluster's colour, {@code 0xRRGGBB}.
     *
     * @throws IndexOutOfBoundsException if there is no such cluster
     */
    public int colour(int cluster) {
        return colours[cluster];
    }

    /**
     * A cluster's colour laid over a grey: usually 55 parts grey to 45 parts colour, {@code 0xRRGGBB}.
     *
     * @param level of the grey, 0 to 255
     * @throws IndexOutOfBoundsException if there is no such cluster
     */
    public int over(int level, int cluster) {
        var colour = colours[cluster];
        return rgb(mix(level, colour >> 16 & 255), mix(level, colour >> 8 & 255), mix(level, colour & 255));
    }

    private int mix(int level, int channel) {
        return ((PARTS - strength) * level + strength * channel + PARTS / 2) / PARTS;
    }

    private static void addFarthest(int[] colours) {
        var candidates = candidates();
        var places = candidates.stream().map(CieLab::of).toList();
        var nearest = new double[places.size()];
        Arrays.fill(nearest, Double.MAX_VALUE);
        for (var known = 0; known < colours.length; known++) {
            if (known >= OKABE_ITO.length) {
                colours[known] = candidates.get(greatest(nearest));
            }
            var place = CieLab.of(colours[known]);
            for (var i = 0; i < nearest.length; i++) {
                nearest[i] = Math.min(nearest[i], place.distance(places.get(i)));
            }
        }
    }

    private static List<Integer> candidates() {
        var candidates = new ArrayList<Integer>();
        for (var red = 0; red <= 255; red += STEP) {
            for (var green = 0; green <= 255; green += STEP) {
                for (var blue = 0; blue <= 255; blue += STEP) {
                    var colour = CieLab.of(rgb(red, green, blue));
                    if (colour.chroma() >= LEAST_CHROMA
                            && colour.lightness() >= DARKEST
                            && colour.lightness() <= BRIGHTEST) {
                        candidates.add(rgb(red, green, blue));
                    }
                }
            }
        }
        return candidates;
    }

    private static int greatest(double[] values) {
        var best = 0;
        for (var i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }

    private static int rgb(int red, int green, int blue) {
        return red << 16 | green << 8 | blue;
    }
}

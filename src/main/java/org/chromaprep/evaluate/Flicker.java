package org.chromaprep.evaluate;

/**
 * How much colours change where a picture stands still: the root mean square change of a*, b* from frame to frame, over the
 * pixels whose grey value in the film changes by one level at most, as does the mean of the three by three around it. One thread.
 */
public final class Flicker {
    private static final int STILL = 1;

    private final int width;
    private byte[] lastLuma = {};
    private float[] lastAb = {};
    private double squares;
    private long pixels;

    /** @param width columns of the frames */
    public Flicker(int width) {
        this.width = width;
    }

    /**
     * Takes the next frame.
     *
     * @param luma the film's grey values, 0 to 255; copied
     * @param ab the colours whose flicker is measured; copied
     */
    public void add(byte[] luma, float[] ab) {
        if (lastLuma.length == luma.length) {
            for (var i = 0; i < luma.length; i++) {
                if (isStill(luma, i)) {
                    double a = ab[2 * i] - lastAb[2 * i];
                    double b = ab[2 * i + 1] - lastAb[2 * i + 1];
                    squares += a * a + b * b;
                    pixels++;
                }
            }
        }
        lastLuma = luma.clone();
        lastAb = ab.clone();
    }

    private boolean isStill(byte[] luma, int pixel) {
        if (Math.abs((luma[pixel] & 255) - (lastLuma[pixel] & 255)) > STILL) {
            return false;
        }
        var height = luma.length / width;
        var x = pixel % width;
        var y = pixel / width;
        var change = 0;
        var count = 0;
        for (var row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
            for (var column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
                change += (luma[row * width + column] & 255) - (lastLuma[row * width + column] & 255);
                count++;
            }
        }
        return Math.abs(change) <= STILL * count;
    }

    /** The next frame belongs to another shot. */
    public void cut() {
        lastLuma = new byte[0];
        lastAb = new float[0];
    }

    /** The flicker so far; 0 where nothing stood still. */
    public double value() {
        return pixels == 0 ? 0 : Math.sqrt(squares / (2.0 * pixels));
    }
}

package org.chromaprep.scene;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.chromaprep.hypercolumn.Grid;

/**
 * Tells at each frame which scene it belongs to, without looking ahead.
 *
 * <p>Two neighbouring frames differ by one minus the correlation of their 32x32 block means, where they fit best within
 * two blocks of shift, plus three times the mean difference of their standardised cumulative histograms. Neither part
 * changes with exposure, the blocks average grain out and the shift follows the camera. A scene begins where the
 * difference exceeds a fixed threshold plus the mean of the scene's last differences, so that restless scenes need a
 * harder cut.
 *
 * <p>A frame without contrast (black, white, fog) belongs to the scene before it, and the next frame with contrast is
 * compared with the last one before: a fade to black and back to the same picture, or a white flash, is no cut, and a
 * fade through black to another picture is one. A stray frame counts as one cut, not two, if the picture before it
 * returns within two frames; a mixture of the frames around a cut is no scene of its own. Dissolves are not cuts: they
 * are too slow.
 *
 * <p>One thread; frames in order.
 */
public final class SceneTracker {
    /**
     * Real films, hand-held, animated or of few frames a second, reach 0.15 inside a scene and 0.22 at their softest
     * cuts; this lies between.
     */
    private static final double THRESHOLD = 0.17;
    /** Brings the histograms' difference to the size of the blocks'. */
    private static final double HISTOGRAM_WEIGHT = 3;
    /** Frames of the present scene that its restlessness is averaged over: a third of a second of film. */
    private static final int RECENT = 8;
    /** A stray frame is followed by its scene again within so many frames. */
    private static final int STRAY = 2;

    private final Grid grid;
    private final ScenePicture current;
    private final ScenePicture previous;
    private final ScenePicture beforeCut;
    private final double[] recent = new double[RECENT];
    private long frames;
    private long contrasted;
    private int scene;
    private int age;
    private boolean cutSeen;

    /** @param grid of the luma planes to come */
    public SceneTracker(Grid grid) {
        this.grid = grid;
        this.current = new ScenePicture(grid);
        this.previous = new ScenePicture(grid);
        this.beforeCut = new ScenePicture(grid);
    }

    /**
     * Takes the next frame.
     *
     * @param luma {@code grid.pixels()} grey values of 0 to 255, row by row; only read
     * @return the number of the frame's scene, from 0; one more than for the frame before where a scene begins
     * @throws IllegalArgumentException if the plane is not as large as the grid
     */
    public int accept(byte[] luma) {
        if (luma.length != grid.pixels()) {
            throw new IllegalArgumentException("A luma plane of this film has " + grid.pixels() + " pixels, not "
                    + luma.length + ".");
        }
        current.set(luma);
        frames++;
        if (current.isFlat()) {
            return scene;
        }
        if (contrasted == 0) {
            // A leader without contrast is a scene of its own.
            scene += frames > 1 ? 1 : 0;
        } else {
            compare();
        }
        contrasted++;
        previous.copyFrom(current);
        return scene;
    }

    private void compare() {
        var difference = difference(previous);
        if (difference <= THRESHOLD + restlessness()) {
            recent[age % RECENT] = difference;
            age++;
        } else if (cutSeen && age < STRAY && (difference(beforeCut) <= THRESHOLD
                || age == 0 && previous.isBlendOf(beforeCut, current))) {
            age++;
            recent[0] = 0;
            cutSeen = false;
        } else {
            beforeCut.copyFrom(previous);
            cutSeen = true;
            scene++;
            age = 0;
        }
    }

    private double difference(ScenePicture other) {
        return current.blockDistance(other) + HISTOGRAM_WEIGHT * current.histogramDistance(other);
    }

    private double restlessness() {
        var n = Math.min(age, RECENT);
        return n == 0 ? 0 : Arrays.stream(recent, 0, n).sum() / n;
    }

    /** Everything that later frames' scenes depend on, a few kilobytes; the same state gives the same bytes. */
    public byte[] snapshot() {
        var out = ByteBuffer.allocate(size());
        out.putLong(frames).putLong(contrasted).putInt(scene).putInt(age).putInt(cutSeen ? 1 : 0);
        for (var difference : recent) {
            out.putDouble(difference);
        }
        previous.write(out);
        beforeCut.write(out);
        return out.array();
    }

    /**
     * Goes on as the tracker that the snapshot was taken of would have.
     *
     * @throws IllegalArgumentException if the snapshot is of another grid
     */
    public void restore(byte[] snapshot) {
        if (snapshot.length != size()) {
            throw new IllegalArgumentException("The remembered scene belongs to a grid other than "
                    + grid.width() + "x" + grid.height() + "; continue with the same size.");
        }
        var in = ByteBuffer.wrap(snapshot);
        frames = in.getLong();
        contrasted = in.getLong();
        scene = in.getInt();
        age = in.getInt();
        cutSeen = in.getInt() != 0;
        for (var i = 0; i < RECENT; i++) {
            recent[i] = in.getDouble();
        }
        previous.read(in);
        beforeCut.read(in);
    }

    private int size() {
        return 2 * Long.BYTES + 3 * Integer.BYTES + RECENT * Double.BYTES + previous.bytes() + beforeCut.bytes();
    }
}

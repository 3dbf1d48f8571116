package org.chromaprep.scene;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that later frames' scenes depend on. Taking one copies no picture, so there may be one for each frame; bytes are made
 * only of those that a run keeps. Immutable.
 */
public final class SceneState {
    /** Frames of the present scene that its restlessness is averaged over: a third of a second of film. */
    static final int RECENT = 8;

    /** Of a film's beginning. */
    public static final SceneState BEGINNING = new SceneState(
            false, 0, 0, new double[RECENT], -1, Optional.empty(), Optional.empty(), List.of(), List.of());

    private final boolean begun;
    private final int scene;
    private final int age;
    private final double[] recent;
    private final long lastContrast;
    private final Optional<ScenePicture> previous;
    private final Optional<ScenePicture> beforeCut;
    private final List<ScenePicture> sinceCut;
    private final List<SeenPicture> history;

    /**
     * @param begun whether there was a frame
     * @param scene the last frame's
     * @param age frames of the scene that were compared with the one before, its first one aside
     * @param recent the scene's last differences, a ring
     * @param lastContrast the last frame with contrast; -1 before the first
     * @param previous its picture
     * @param beforeCut the last picture before the scene's first
     * @param sinceCut the scene's first pictures, while they may turn out to be mixtures
     * @param history what dissolves are found in
     */
    SceneState(
            boolean begun,
            int scene,
            int age,
            double[] recent,
            long lastContrast,
            Optional<ScenePicture> previous,
            Optional<ScenePicture> beforeCut,
            List<ScenePicture> sinceCut,
            List<SeenPicture> history) {
        this.begun = begun;
        this.scene = scene;
        this.age = age;
        this.recent = recent;
        this.lastContrast = lastContrast;
        this.previous = previous;
        this.beforeCut = beforeCut;
        this.sinceCut = sinceCut;
        this.history = history;
    }

    boolean begun() {
        return begun;
    }

    int scene() {
        return scene;
    }

    int age() {
        return age;
    }

    double[] recent() {
        return recent.clone();
    }

    long lastContrast() {
        return lastContrast;
    }

    Optional<ScenePicture> previous() {
        return previous;
    }

    Optional<ScenePicture> beforeCut() {
        return beforeCut;
    }

    List<ScenePicture> sinceCut() {
        return sinceCut;
    }

    List<SeenPicture> history() {
        return history;
    }

    /** This state as bytes, up to some 220 kilobytes; the same state gives the same bytes. */
    public byte[] toBytes() {
        var pictures =
                (previous.isPresent() ? 1 : 0) + (beforeCut.isPresent() ? 1 : 0) + sinceCut.size() + history.size();
        var out = ByteBuffer.allocate(7 * Integer.BYTES
                + Long.BYTES
                + recent.length * Double.BYTES
                + history.size() * Long.BYTES
                + pictures * ScenePicture.BYTES);
        out.putInt(begun ? 1 : 0).putInt(scene).putInt(age).putLong(lastContrast);
        for (var difference : recent) {
            out.putDouble(difference);
        }
        write(out, previous.map(List::of).orElse(List.of()));
        write(out, beforeCut.map(List::of).orElse(List.of()));
        write(out, sinceCut);
        out.putInt(history.size());
        for (var seen : history) {
            out.putLong(seen.frame());
            seen.picture().write(out);
        }
        return out.array();
    }

    private static void write(ByteBuffer out, List<ScenePicture> pictures) {
        out.putInt(pictures.size());
        pictures.forEach(picture -> picture.write(out));
    }

    /**
     * The state that {@link #toBytes} made bytes of.
     *
     * @throws IllegalArgumentException if they are not such bytes
     */
    public static SceneState of(byte[] bytes) {
        try {
            var in = ByteBuffer.wrap(bytes);
            var begun = in.getInt() != 0;
            var scene = in.getInt();
            var age = in.getInt();
            var lastContrast = in.getLong();
            var recent = new double[RECENT];
            for (var i = 0; i < recent.length; i++) {
                recent[i] = in.getDouble();
            }
            var previous = read(in).stream().findFirst();
            var beforeCut = read(in).stream().findFirst();
            var sinceCut = read(in);
            var history = new ArrayList<SeenPicture>();
            for (var left = in.getInt(); left > 0; left--) {
                history.add(new SeenPicture(in.getLong(), ScenePicture.read(in)));
            }
            return new SceneState(
                    begun, scene, age, recent, lastContrast, previous, beforeCut, sinceCut, List.copyOf(history));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("These are no bytes of a scene's state: they end too early.", e);
        }
    }

    private static List<ScenePicture> read(ByteBuffer in) {
        var pictures = new ArrayList<ScenePicture>();
        for (var left = in.getInt(); left > 0; left--) {
            pictures.add(ScenePicture.read(in));
        }
        return List.copyOf(pictures);
    }
}

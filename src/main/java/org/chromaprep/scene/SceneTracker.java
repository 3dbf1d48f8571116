package org.chromaprep.scene;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Says of each frame which scene it belongs to, without looking ahead. It must get every decoded frame: scenes are found by
 * comparing neighbours, and frames a second apart differ as much within one take as across a cut.
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
 * returns within two frames; frames after a cut that turn out to be mixtures of the frame before it and a later one, as in quick
 * dissolves and after conversions of the frame rate, are no scenes of their own. Slower dissolves are found by {@link
 * DissolveFinder} when they are over: the scene begins there, and its {@link ScenePlace} says which frames before were mixtures.
 *
 * <p>One thread; frames in order.
 */
public final class SceneTracker {
    /**
     * Real films, hand-held, animated or of few frames a second, reach 0.17 inside a scene with a restlessness that
     * allows for it, and 0.20 at their softest cuts.
     */
    private static final double THRESHOLD = 0.17;
    /** A stray frame is followed by its scene again within so many frames. */
    private static final int STRAY = 2;
    /** Frames of a dissolve that is so quick that its steps are cuts. */
    private static final int QUICK = 8;
    /** How far a frame may be from a mixture, over the squared distance of the two that are mixed. */
    private static final double REST = 0.05;

    private static final double LEAST_SHARE = 0.02;
    private static final double MOST_SHARE = 0.95;
    /** By how much the share may fall from one frame of a quick dissolve to the next. */
    private static final double FALL = 0.05;

    private final double[] recent;
    private final List<ScenePicture> sinceCut;
    private final DissolveFinder dissolves;
    private boolean begun;
    private int scene;
    private int age;
    private long lastContrast;
    private Optional<ScenePicture> previous;
    private Optional<ScenePicture> beforeCut;

    /** @param state of an earlier tracker, which this one continues, or {@link SceneState#BEGINNING} */
    public SceneTracker(SceneState state) {
        recent = state.recent();
        sinceCut = new ArrayList<>(state.sinceCut());
        dissolves = new DissolveFinder(state.history());
        begun = state.begun();
        scene = state.scene();
        age = state.age();
        lastContrast = state.lastContrast();
        previous = state.previous();
        beforeCut = state.beforeCut();
    }

    /**
     * Takes the next frame.
     *
     * @param frame its number, higher than those before
     * @param thumbnail its picture
     */
    public ScenePlace accept(long frame, Thumbnail thumbnail) {
        var current = ScenePicture.of(thumbnail);
        var isFirst = !begun;
        begun = true;
        if (current.isFlat()) {
            return new ScenePlace(
                    scene,
                    isFirst ? Optional.of(new SceneStart(Optional.empty(), Optional.empty())) : Optional.empty());
        }
        var sceneBefore = scene;
        var last = previous;
        var transition = Optional.<Transition>empty();
        if (previous.isPresent()) {
            compare(current, previous.get());
        } else if (!isFirst) {
            // A leader without contrast is a scene of its own.
            scene++;
        }
        if (scene > sceneBefore && lastContrast >= 0 && frame > lastContrast + 1) {
            transition = Optional.of(new Transition(Transition.Kind.FADE, lastContrast + 1, frame - 1));
        }
        var dissolve = dissolves.next(new SeenPicture(frame, current));
        if (dissolve.isPresent()) {
            transition = dissolve;
            scene++;
            beforeCut = Optional.empty();
            sinceCut.clear();
            dissolves.clear();
        }
        previous = Optional.of(current);
        lastContrast = frame;
        var start = isFirst || scene > sceneBefore
                ? Optional.of(new SceneStart(transition, last.map(ScenePicture::toBase64)))
                : Optional.<SceneStart>empty();
        return new ScenePlace(scene, start);
    }

    private void compare(ScenePicture current, ScenePicture last) {
        var difference = current.difference(last);
        if (difference <= THRESHOLD + restlessness()) {
            recent[age % SceneState.RECENT] = difference;
            age++;
            remember(current);
        } else if (beforeCut.isPresent()
                && (age < STRAY && current.difference(beforeCut.get()) <= THRESHOLD || isQuickDissolve(current))) {
            recent[age % SceneState.RECENT] = 0;
            age++;
            remember(current);
        } else {
            beforeCut = Optional.of(last);
            sinceCut.clear();
            remember(current);
            dissolves.clear();
            scene++;
            age = 0;
        }
    }

    private void remember(ScenePicture current) {
        if (beforeCut.isPresent() && sinceCut.size() < QUICK) {
            sinceCut.add(current);
        }
    }

    /** Whether all frames since the cut are mixtures of the frame before it and this one, more and more of this one. */
    private boolean isQuickDissolve(ScenePicture current) {
        if (sinceCut.size() >= QUICK) {
            return false;
        }
        var share = LEAST_SHARE;
        for (var picture : sinceCut) {
            var mixture = picture.between(beforeCut.orElseThrow(), current);
            if (mixture.share() < Math.max(LEAST_SHARE, share - FALL)
                    || mixture.share() > MOST_SHARE
                    || mixture.rest() > REST) {
                return false;
            }
            share = mixture.share();
        }
        return true;
    }

    private double restlessness() {
        var n = Math.min(age, SceneState.RECENT);
        return n == 0 ? 0 : Arrays.stream(recent, 0, n).sum() / n;
    }

    /** Everything that later frames' scenes depend on. */
    public SceneState state() {
        return new SceneState(
                begun,
                scene,
                age,
                recent.clone(),
                lastContrast,
                previous,
                beforeCut,
                List.copyOf(sinceCut),
                dissolves.history());
    }
}

package org.chromaprep.scene;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds dissolves once they are over: stretches of a scene's last frames of which each is a mixture of the stretch's first
 * and last frame, the share of the last being 0 for some frames, then rising, then 1 for some. A pan, a zoom or somebody who
 * walks through the picture changes it as much, but what is seen halfway is no mixture of the ends; a change of light is one, but
 * its ends differ in exposure only.
 *
 * <p>The mixture is the production model of Hampapur et al., "Production model based digital video segmentation" (1995), fitted in
 * least squares to block means. Departures: no chroma, no assumption on how the share rises, and the ends must stand still for
 * longer where the rise is slow, since the beginning of a slow dissolve is a mixture of its ends, too. One thread.
 */
final class DissolveFinder {
    /** Lengths of the stretches looked at, in frames. A dissolve takes up to 60 % of the shortest that shows it. */
    private static final int[] LENGTHS = {12, 16, 22, 30, 40, 54, 72, 96};
    /** Frames kept: the longest stretch. */
    private static final int MOST = LENGTHS[LENGTHS.length - 1];
    /** Frames at each end that must show one scene alone. */
    private static final int ENDS = 3;
    /** The same for each frame of the rise: what a steady rise takes from 0 to {@link #ALONE}, and a little more. */
    private static final double ENDS_A_FRAME = 0.18;
    /** The share of the other scene up to which a frame shows one alone. */
    private static final double ALONE = 0.12;
    /** How far frames may be from mixtures on average, over the squared distance of the ends. Pans reach 0.7. */
    private static final double REST = 0.12;
    /** The same for the frame in the middle, a quick test. */
    private static final double REST_OF_ONE = 0.36;
    /** By how much the share may fall from a frame to a later one, for what moves in the scenes. */
    private static final double FALL = 0.1;
    /** By how much the share may rise from frame to frame; more is a cut, which neighbours show. */
    private static final double STEEPEST = 0.7;
    /** How much the ends must differ in {@link ScenePicture#difference}; made dissolves have 0.54 and more, zooms less. */
    private static final double LEAST_DIFFERENCE = 0.45;
    /** Squared distance a block, in grey levels, below which the ends are the same picture. */
    private static final double LEAST_DISTANCE = 36;

    private final Deque<SeenPicture> history;

    /** @param history the scene's last frames, of an earlier finder; none at a beginning */
    DissolveFinder(Collection<SeenPicture> history) {
        this.history = new ArrayDeque<>(history);
    }

    /** Forgets the frames so far: a scene begins. */
    void clear() {
        history.clear();
    }

    /** The frames that later ones are compared with, oldest first. */
    List<SeenPicture> history() {
        return List.copyOf(history);
    }

    /**
     * Takes the scene's next frame with contrast.
     *
     * @return the dissolve that ended shortly before, if one did
     */
    Optional<Transition> next(SeenPicture seen) {
        history.addLast(seen);
        if (history.size() > MOST) {
            history.removeFirst();
        }
        var frames = new ArrayList<>(history);
        for (var length : LENGTHS) {
            if (length > frames.size()) {
                break;
            }
            var found = within(frames.subList(frames.size() - length, frames.size()));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Transition> within(List<SeenPicture> stretch) {
        var before = stretch.get(0).picture();
        var after = stretch.get(stretch.size() - 1).picture();
        if (before.squaredDistance(after) < LEAST_DISTANCE * ScenePicture.BLOCKS
                || stretch.get(stretch.size() / 2)
                                .picture()
                                .between(before, after)
                                .rest()
                        > REST_OF_ONE) {
            return Optional.empty();
        }
        var first = -1;
        var last = -1;
        var rest = 0.0;
        var highest = 0.0;
        for (var i = 1; i < stretch.size() - 1; i++) {
            var mixture = stretch.get(i).picture().between(before, after);
            if (mixture.share() < highest - FALL || mixture.share() > highest + STEEPEST) {
                return Optional.empty();
            }
            first = first < 0 && mixture.share() > ALONE ? i : first;
            last = mixture.share() < 1 - ALONE ? i : last;
            rest += mixture.rest();
            highest = Math.max(highest, mixture.share());
        }
        var end = ENDS + ENDS_A_FRAME * (last - first + 1);
        var fits = first >= 0
                && last >= first
                && first >= end
                && stretch.size() - 1 - last >= end
                && rest <= REST * (stretch.size() - 2)
                && before.difference(after) > LEAST_DIFFERENCE;
        return fits
                ? Optional.of(new Transition(
                        Transition.Kind.DISSOLVE,
                        stretch.get(first).frame(),
                        stretch.get(last).frame()))
                : Optional.empty();
    }
}

package org.chromaprep.colorize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The shots of a film, in its order.
 *
 * @param shots none overlapping another
 */
public record FilmShots(List<Shot> shots) {
    public FilmShots {
        shots = List.copyOf(shots);
    }

    /** The shot that a frame belongs to. */
    Optional<Shot> of(long frame) {
        var low = 0;
        var high = shots.size() - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var shot = shots.get(middle);
            if (shot.has(frame)) {
                return Optional.of(shot);
            }
            if (frame < shot.first()) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return Optional.empty();
    }

    /** Frames of all shots. */
    long frames() {
        return shots.stream().mapToLong(Shot::frames).sum();
    }

    /** Gathers a film's shots frame by frame. One thread. */
    static final class Collector {
        private final List<Shot> shots = new ArrayList<>();

        /** Takes the next frame. */
        void add(long frame, double seconds, int scene) {
            var size = shots.size();
            if (size > 0 && shots.get(size - 1).number() == scene) {
                var shot = shots.get(size - 1);
                shots.set(size - 1, new Shot(scene, shot.first(), frame, shot.begin(), seconds));
            } else {
                shots.add(new Shot(scene, frame, frame, seconds, seconds));
            }
        }

        /** Frames between the present shot's first and the last one taken. */
        long age() {
            return present().last() - present().first();
        }

        /** The shot of the last frame taken, as far as it has come. */
        Shot present() {
            return shots.get(shots.size() - 1);
        }

        /** The shot before that. */
        Shot before() {
            return shots.get(shots.size() - 2);
        }

        FilmShots shots() {
            return new FilmShots(shots);
        }
    }
}

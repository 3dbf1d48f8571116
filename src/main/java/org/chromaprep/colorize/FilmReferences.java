package org.chromaprep.colorize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.chromaprep.flow.DenseFlow;
import org.chromaprep.flow.ShotFlow;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.pipeline.FilmWalk;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceInput;

/**
 * A film's shots and which of its frames are coloured: what is known before anything is learned.
 *
 * @param shots the film's shots
 * @param references ascending by their frames
 * @param looks grey values of a frame of each shot, by the shot's number; none where they are of no use
 */
record FilmReferences(FilmShots shots, List<Reference> references, Map<Integer, byte[]> looks) {
    /** Pixels of one frame that another shows at the same grey, and whose colours differ by so much, contradict each other. */
    private static final double CONTRADICTION = 20;

    private static final double LEAST_SHARED = 0.1;
    private static final double MOST_CONTRADICTED = 0.4;
    private static final double SURE = 0.7;
    /** Frames after its first at which a shot is looked at for comparison: its first ones may be mixtures with the one before. */
    private static final long LOOK_AT = 12;

    FilmReferences {
        references = List.copyOf(references);
        looks = Map.copyOf(looks);
    }

    /** What happens while a film is looked at. */
    interface Watcher {
        /** Another frame was looked at. */
        void frame(long frames);
    }

    /** Gives the coloured pictures of a film. */
    interface Pictures {
        List<ReferencePicture> of(SourceInfo film) throws ReferenceException, SourceException;
    }

    /**
     * Goes through a film.
     *
     * @param pictures gives the coloured pictures, once the film's facts are known
     * @param withLooks whether shots are to be compared
     * @param withFlow whether references of one shot can be compared
     * @return empty if it was cancelled
     * @throws SourceException if the film cannot be read
     * @throws ReferenceException if a picture is of no frame, or two of a shot contradict each other
     */
    static Optional<FilmReferences> find(
            SourceInput film,
            FilmSettings settings,
            Pictures pictures,
            boolean withLooks,
            boolean withFlow,
            Watcher watcher,
            BooleanSupplier cancelled)
            throws SourceException, ReferenceException {
        try (var walk = FilmWalk.open(film, settings, cancelled)) {
            var grid = settings.grid();
            var matcher = new ReferenceMatcher(pictures.of(walk.info()));
            var shots = new FilmShots.Collector();
            var looks = new HashMap<Integer, byte[]>();
            var luma = new byte[grid.pixels()];
            var frames = 0L;
            while (walk.next()) {
                walk.luma(luma);
                matcher.look(walk.time().index(), luma);
                shots.add(walk.time().index(), walk.time().seconds(), walk.scene());
                if (withLooks && (shots.age() == LOOK_AT || shots.age() == 0)) {
                    looks.put(walk.scene(), luma.clone());
                }
                watcher.frame(++frames);
            }
            if (cancelled.getAsBoolean()) {
                return Optional.empty();
            }
            var references = matcher.references(walk.info().name());
            var found = new FilmReferences(shots.shots(), references, looks);
            if (withFlow) {
                found.checkAgreement(grid);
            }
            return Optional.of(found);
        }
    }

    /** The references of a shot, ascending. */
    List<Reference> of(Shot shot) {
        return references.stream().filter(each -> shot.has(each.frame())).toList();
    }

    private void checkAgreement(Grid grid) throws ReferenceException {
        try (var flow = new DenseFlow(grid)) {
            for (var shot : shots.shots()) {
                var own = of(shot);
                for (var i = 1; i < own.size(); i++) {
                    checkAgreement(flow, own.get(i - 1), own.get(i), shot);
                }
            }
        }
    }

    private static void checkAgreement(DenseFlow flow, Reference one, Reference other, Shot shot)
            throws ReferenceException {
        var carried = new float[one.picture().ab().length];
        var weights = new float[one.luma().length];
        var frames = new int[] {0, 1};
        var lumas = new ArrayList<byte[]>(List.of(one.luma(), other.luma()));
        new ShotFlow(
                        flow,
                        flow.grid(),
                        frames,
                        lumas,
                        new int[] {0},
                        List.of(one.picture().ab()),
                        () -> false)
                .carry(flow, 1, other.luma(), carried, weights);
        var shared = 0;
        var contradicted = 0;
        for (var i = 0; i < weights.length; i++) {
            if (weights[i] > SURE) {
                shared++;
                contradicted += Math.hypot(
                                        carried[2 * i] - other.picture().ab()[2 * i],
                                        carried[2 * i + 1] - other.picture().ab()[2 * i + 1])
                                > CONTRADICTION
                        ? 1
                        : 0;
            }
        }
        if (shared > LEAST_SHARED * weights.length && contradicted > MOST_CONTRADICTED * shared) {
            throw new ReferenceException(String.format(
                    Locale.ROOT,
                    "The references %s and %s of shot %d contradict each other: of what both show, %d %% has other colours; make"
                            + " them alike, or keep one of them.",
                    one.picture().name(),
                    other.picture().name(),
                    shot.number(),
                    Math.round(100.0 * contradicted / shared)));
        }
    }
}

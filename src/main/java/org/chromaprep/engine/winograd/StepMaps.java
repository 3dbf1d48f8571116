package org.chromaprep.engine.winograd;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.chromaprep.engine.NetworkPlan;

/**
 * The maps that each step of the network hands to the next one, one a frame of those that are computed together. A step reads what
 * the one before it wrote, so two memories that take turns are enough for all.
 */
final class StepMaps {
    private final List<List<PhaseMap>> maps = new ArrayList<>();

    /**
     * @param plan gives the maps' sizes
     * @param steps in network order
     * @param batch frames that joint steps compute together
     */
    StepMaps(NetworkPlan plan, List<WinogradNetwork.Step> steps, int batch) {
        var alone = new Turns();
        var together = IntStream.range(0, batch).mapToObj(frame -> new Turns()).toList();
        for (var step : steps.subList(Math.min(1, steps.size()), steps.size())) {
            (step.joint() ? together : List.of(alone)).forEach(turns -> turns.reserve(plan, step));
        }
        for (var i = 1; i < steps.size(); i++) {
            var step = steps.get(i);
            var turn = i % 2;
            maps.add((step.joint() ? together : List.of(alone))
                    .stream().map(turns -> turns.map(plan, step, turn)).toList());
        }
    }

    /** What a step hands to the next one, for a frame. */
    PhaseMap behind(int step, int frame) {
        var ofFrames = maps.get(step);
        return ofFrames.get(frame % ofFrames.size());
    }

    /** Two memories for the inputs of steps. */
    private static final class Turns {
        private final List<float[][][][]> memories = new ArrayList<>();
        private int rows;
        private int strips;

        void reserve(NetworkPlan plan, WinogradNetwork.Step step) {
            rows = Math.max(rows, step.layer().mapSize(plan.height()));
            strips = Math.max(
                    strips,
                    PhaseMap.strips(
                            step.layer().mapSize(plan.width()), step.layer().inputChannels()));
        }

        PhaseMap map(NetworkPlan plan, WinogradNetwork.Step step, int turn) {
            while (memories.size() < 2) {
                memories.add(PhaseMap.rows(rows, strips));
            }
            return new PhaseMap(
                    step.layer().mapSize(plan.height()),
                    step.layer().mapSize(plan.width()),
                    step.layer().inputChannels(),
                    memories.get(turn));
        }
    }
}

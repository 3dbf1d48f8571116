package org.chromaprep.colorize;

import java.util.List;
import java.util.Optional;
import org.chromaprep.flow.ShotFlow;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.learn.Head;
import org.chromaprep.learn.HeadRunner;

/**
 * What is known of a shot's colours. Used by one thread at a time.
 *
 * @param shot the shot
 * @param source what its heads are from, as the ledger records it
 * @param references numbers of the frames that they learned from
 * @param heads the ensemble; none of a shot that stays grey
 * @param runner runs the heads; empty where there are none
 * @param flow carries colours from the shot's own references; empty where there are none, or none is wanted
 */
record ShotColours(
        Shot shot,
        String source,
        List<Long> references,
        List<Head> heads,
        Optional<HeadRunner> runner,
        Optional<ShotFlow> flow) {
    static final String OWN = "shot";
    static final String POOLED = "pooled";
    static final String SIMILAR = "similar";
    static final String MODEL = "model";

    /** Of a shot that nobody can give the colours of. */
    static ShotColours none(Shot shot) {
        return new ShotColours(shot, "none", List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    static ShotColours of(
            Shot shot, String source, List<Long> references, List<Head> heads, Grid grid, Optional<ShotFlow> flow) {
        return new ShotColours(
                shot,
                source,
                List.copyOf(references),
                List.copyOf(heads),
                Optional.of(new HeadRunner(heads, grid)),
                flow);
    }
}

package org.chromaprep.cli;

import java.util.Optional;
import java.util.function.Supplier;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.ProcessMemory;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.pipeline.FilmProcessor;
import org.chromaprep.pipeline.MemoryPlan;
import org.chromaprep.pipeline.MemoryShare;
import org.chromaprep.pipeline.RunWidth;
import org.chromaprep.pipeline.settings.FilmSettings;

/**
 * How much a run computes at the same time, by the processor's cores and the memory that there is.
 *
 * @param wanted by options and cores
 * @param width what memory is enough for
 * @param sentence why that is less; empty where it is not
 * @param share for films that need more than others; empty where nobody knows what they take
 */
record RunRoom(RunWidth wanted, RunWidth width, Optional<String> sentence, Optional<MemoryShare> share) {
    /** As much as is wanted, where nobody knows what it takes. */
    static RunRoom of(RunWidth wanted) {
        return new RunRoom(wanted, wanted, Optional.empty(), Optional.empty());
    }

    /**
     * As much as memory is enough for.
     *
     * @throws EngineException if it is not enough for one worker
     */
    static RunRoom of(RunWidth wanted, MemoryPlan plan, FilmSettings settings, Supplier<ProcessMemory> memory) {
        var share = new MemoryShare(plan, memory);
        var fitting = share.ofRun(wanted, settings.grid());
        return new RunRoom(
                wanted,
                fitting,
                fitting.equals(wanted)
                        ? Optional.empty()
                        : Optional.of(share.narrower(wanted, fitting, settings.grid())),
                Optional.of(share));
    }

    /**
     * Refuses to read weights where memory is not even enough for that.
     *
     * @throws EngineException if it is not
     */
    static void demandToBegin(NetworkPlan plan, Supplier<ProcessMemory> memory) {
        var needed = MemoryPlan.toBegin(plan);
        var now = memory.get();
        if (!MemoryPlan.fits(needed, now)) {
            throw MemoryShare.tooLittle(needed, new Grid(plan.height(), plan.width()), now);
        }
    }

    /** Has films processed so, and says where that is less than wanted. */
    void use(FilmProcessor processor, Messages messages) {
        sentence.ifPresent(messages::say);
        processor.width(width.withParts(wanted.parts()));
        share.ifPresent(processor::share);
    }
}

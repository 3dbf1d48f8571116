package org.chromaprep.engine.pytorch;

import java.nio.file.Path;
import java.util.Optional;
import org.chromaprep.engine.Device;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.Precision;
import org.chromaprep.vgg.VggWeights;

/** The engine as it is on a graphics card, with the processor in the card's place. */
public final class ResidentEngine {
    private ResidentEngine() {}

    /** Keeps maps as tensors and computes hypercolumns by libtorch; the caller closes it. */
    public static Engine open(NetworkPlan plan, VggWeights weights, int batch) {
        return new PytorchEngine(
                plan, weights, new Placement(Device.CPU, Precision.FP32), Optional.of(new MarkedSequences()), 1, batch);
    }

    /**
     * What work asks of the device.
     *
     * @param launches of operations on a card, a recorded sequence counting as one; copies between host and device not among them
     * @param operations that start a kernel each on a card, within sequences too
     * @param copies between host and device
     * @param waits of the host for the device
     * @param allocations of memory, the host's for copies among them, but not the results of the network's layers: libtorch
     *     keeps that memory for the next time
     */
    public record Demand(double launches, double operations, double copies, double waits, double allocations) {
        /** What the second of two stretches of work asked more than the first, for each of so many frames. */
        public static Demand ofEach(int frames, Demand less, Demand more) {
            return new Demand(
                    (more.launches - less.launches) / frames,
                    (more.operations - less.operations) / frames,
                    (more.copies - less.copies) / frames,
                    (more.waits - less.waits) / frames,
                    (more.allocations - less.allocations) / frames);
        }
    }

    /** Work that is measured. */
    public interface Work {
        void run() throws Exception;
    }

    /**
     * What work with an engine that {@link #open} made asks of the device.
     *
     * @param scratch a file for libtorch's trace
     */
    public static Demand demand(Engine engine, Path scratch, Work work) throws Exception {
        try (var trace = new OperationTrace(scratch)) {
            var traffic = traffic(engine, work);
            var counts = trace.end();
            return new Demand(
                    counts.launches() - traffic.copies,
                    counts.operations() - traffic.copies,
                    traffic.copies,
                    traffic.waits + counts.reads(),
                    counts.allocations());
        }
    }

    /** As {@link #demand}, but copies and waits alone, which costs nothing to count. */
    public static Demand traffic(Engine engine, Work work) throws Exception {
        var traffic = ((PytorchEngine) engine).traffic();
        var copies = traffic.copies();
        var waits = traffic.waits();
        work.run();
        return new Demand(0, 0, traffic.copies() - copies, traffic.waits() - waits, 0);
    }
}

package org.chromaprep.engine.pytorch;

import java.util.Optional;
import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.pytorch.cuda.CUDAStream;
import org.bytedeco.pytorch.global.torch_cuda;

/**
 * A sequence of operations that is captured from its stream as a CUDA graph and then launched as one.
 *
 * <p>A graph has the addresses of all memory that was used while it was captured. What libtorch gives out meanwhile could belong
 * to somebody else when the graph runs, so a sequence that asks for memory is not recorded; libraries that need some have it
 * from the runs before, which is why these must have been on the same thread and stream.
 */
final class CudaGraph implements DeviceSequence {
    private static final byte FIRST_DEVICE = 0;
    private static final int TRIALS = 10;

    private final DeviceStream stream;
    private final Runnable work;
    private Optional<CUgraphExec_st> recorded = Optional.empty();

    CudaGraph(DeviceStream stream, Runnable work) {
        this.stream = stream;
        this.work = work;
    }

    @Override
    public void run() {
        if (recorded.isPresent()) {
            check(cudart.cudaGraphLaunch(recorded.get(), handle()));
        } else {
            work.run();
        }
    }

    /** The stream as CUDA knows it; belongs to the scope that {@link DeviceStream#run} opens. */
    private CUstream_st handle() {
        return new CUDAStream(stream.stream()).stream();
    }

    @Override
    public Optional<String> record() {
        forget();
        try {
            // The counter of allocations is one for all threads, so others may seem to be this one's.
            for (var trial = 0; trial < TRIALS; trial++) {
                if (capture()) {
                    return Optional.empty();
                }
            }
            return Optional.of("it asks for memory each time");
        } catch (LinkageError | RuntimeException e) {
            forgetError();
            return Optional.of(Natives.firstLine(e));
        }
    }

    /** Captures the work, and keeps it unless memory was asked for meanwhile. */
    private boolean capture() {
        try (var graph = new CUgraph_st()) {
            var before = allocations();
            check(cudart.cudaStreamBeginCapture(handle(), cudart.cudaStreamCaptureModeThreadLocal));
            int captured;
            try {
                work.run();
            } finally {
                // A capture that failed has to be ended as well, or the stream would stay unusable.
                captured = cudart.cudaStreamEndCapture(handle(), graph);
            }
            check(captured);
            try {
                if (allocations() != before) {
                    return false;
                }
                var executable = Placement.kept(new CUgraphExec_st());
                check(cudart.cudaGraphInstantiate(executable, graph, 0));
                recorded = Optional.of(executable);
                return true;
            } finally {
                check(cudart.cudaGraphDestroy(graph));
            }
        }
    }

    /** What CUDA remembers of a failed capture would come up at the next thing that is checked. */
    private static void forgetError() {
        try {
            cudart.cudaGetLastError();
        } catch (LinkageError e) {
            // Then it has not been asked for anything, either.
        }
    }

    private static long allocations() {
        return torch_cuda
                .getAllocator()
                .getDeviceStats(FIRST_DEVICE)
                .allocation()
                .allocated();
    }

    private static void check(int code) {
        if (code != cudart.cudaSuccess) {
            throw new IllegalStateException(
                    "CUDA graph: " + cudart.cudaGetErrorString(code).getString());
        }
    }

    @Override
    public void forget() {
        recorded.ifPresent(executable -> {
            stream.await();
            cudart.cudaGraphExecDestroy(executable);
            executable.close();
        });
        recorded = Optional.empty();
    }

    @Override
    public void close() {
        forget();
    }
}

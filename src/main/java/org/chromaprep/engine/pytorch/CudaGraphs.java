package org.chromaprep.engine.pytorch;

/**
 * Sequences as CUDA graphs. Of the presets for PyTorch, which have no class for them, only the stream and the allocator's
 * counters are used; the graphs are CUDA's own.
 */
final class CudaGraphs implements DeviceSequences {
    @Override
    public DeviceSequence of(DeviceStream stream, Runnable work) {
        return new CudaGraph(stream, work);
    }

    @Override
    public boolean record() {
        return true;
    }
}

package org.chromaprep.engine.pytorch;

import java.util.Optional;
import org.bytedeco.pytorch.global.torch;

/** Sequences that are done as they are, between two marks that {@link OperationTrace} finds. */
final class MarkedSequences implements DeviceSequences {
    /** Does nothing that matters, and nothing else asks for it. */
    static final String MARK = "is_vulkan_available";

    @Override
    public DeviceSequence of(DeviceStream stream, Runnable work) {
        return new DeviceSequence() {
            @Override
            public void run() {
                torch.is_vulkan_available();
                work.run();
                torch.is_vulkan_available();
            }

            @Override
            public Optional<String> record() {
                return Optional.empty();
            }

            @Override
            public void forget() {}

            @Override
            public void close() {}
        };
    }

    @Override
    public boolean record() {
        return true;
    }
}

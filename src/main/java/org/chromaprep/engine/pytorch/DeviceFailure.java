package org.chromaprep.engine.pytorch;

import java.util.function.Supplier;
import org.chromaprep.engine.EngineException;

/** Turns what goes wrong on a device into a sentence for the user. */
final class DeviceFailure {
    private DeviceFailure() {}

    /**
     * Does something with hypercolumns on a device.
     *
     * @throws EngineException instead of what libtorch throws
     */
    static <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException | EngineException e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError e) {
            throw new EngineException(
                    "The graphics card failed on hypercolumns (" + Natives.firstLine(e)
                            + "); choose a smaller `size`, fewer `clusters` or `device` cpu.",
                    e);
        }
    }
}

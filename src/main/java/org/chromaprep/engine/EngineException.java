package org.chromaprep.engine;

import java.util.List;
import java.util.Locale;

/** The network cannot be run here: a missing engine, an unusable device, memory. The message is a sentence for the user. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final List<String> SHORTAGES =
            List.of("out of memory", "not enough memory", "can't allocate memory", "bad_alloc", "failed to allocate");

    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Whether memory ran out, on the machine or on the device, so that fewer workers may fare better. Native libraries tell
     * it by their messages only.
     */
    public boolean ranOutOfMemory() {
        for (Throwable each = this; each != null; each = each.getCause()) {
            var text = String.valueOf(each.getMessage()).toLowerCase(Locale.ROOT);
            if (each instanceof OutOfMemoryError || SHORTAGES.stream().anyMatch(text::contains)) {
                return true;
            }
        }
        return false;
    }
}

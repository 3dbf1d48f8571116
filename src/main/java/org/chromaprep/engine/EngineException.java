package org.chromaprep.engine;

/** The network cannot be run here: a missing engine, an unusable device, memory. The message is a sentence for the user. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}

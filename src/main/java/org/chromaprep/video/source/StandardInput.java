package org.chromaprep.video.source;

import java.util.function.BooleanSupplier;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.VideoSource;

/** What another program pipes into this one. */
public record StandardInput() implements SourceInput {
    @Override
    public String name() {
        return "stdin";
    }

    @Override
    public boolean maySleep() {
        return true;
    }

    @Override
    public VideoSource open(SourceOptions options, BooleanSupplier cancelled) throws SourceException {
        return PipedSource.open(name(), options, cancelled);
    }
}

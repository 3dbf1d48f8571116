package org.chromaprep.video.source;

import java.util.function.BooleanSupplier;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.VideoSource;

/** A film that FFmpeg's filters draw; it ends only if its graph does. */
public record FilterGraph(String graph) implements SourceInput {
    static final String PREFIX = "lavfi:";

    @Override
    public String name() {
        return PREFIX + graph;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public boolean endsByItself() {
        return false;
    }

    @Override
    public VideoSource open(SourceOptions options, BooleanSupplier cancelled) throws SourceException {
        return GraphSource.open(graph, name(), options);
    }
}

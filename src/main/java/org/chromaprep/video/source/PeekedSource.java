package org.chromaprep.video.source;

import java.util.ArrayDeque;
import java.util.Queue;
import org.chromaprep.video.Findings;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.VideoSource;

/**
 * A source whose first picture was looked at before it is read. Closes the source it was made of, and the picture.
 */
public final class PeekedSource implements VideoSource {
    private final VideoSource source;
    private final Picture first = new Picture();
    private final Queue<ReadResult> results = new ArrayDeque<>();

    /**
     * Reads a source up to its first picture.
     *
     * @param source closed with this; stays the caller's if this fails
     * @throws SourceException if it cannot be read
     */
    public PeekedSource(VideoSource source) throws SourceException {
        this.source = source;
        var done = false;
        try {
            ReadResult result;
            do {
                result = source.read(first);
                results.add(result);
            } while (!(result instanceof FrameRead) && !(result instanceof EndOfStream));
            done = true;
        } finally {
            if (!done) {
                first.close();
            }
        }
    }

    /** The first picture, until it is read; of a source without any, an empty one. */
    public Picture first() {
        return first;
    }

    @Override
    public SourceInfo info() {
        return source.info();
    }

    @Override
    public ReadResult read(Picture into) throws SourceException {
        if (results.isEmpty()) {
            return source.read(into);
        }
        var result = results.remove();
        if (result instanceof FrameRead) {
            into.takeFrom(first);
        }
        return result;
    }

    @Override
    public Findings findings() {
        return source.findings();
    }

    @Override
    public void close() {
        first.close();
        source.close();
    }
}

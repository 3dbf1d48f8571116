package org.chromaprep.video;

import java.util.List;
import org.chromaprep.video.ReadResult.LostFrame;

/** A film could be opened, but none of its frames could be decoded. */
public final class NoFrameException extends SourceException {
    private static final long serialVersionUID = 1L;

    private final transient SourceInfo info;
    private final transient List<LostFrame> losses;

    public NoFrameException(String message, SourceInfo info, List<LostFrame> losses) {
        super(message);
        this.info = info;
        this.losses = List.copyOf(losses);
    }

    /** What is known of the film without a frame of it. */
    public SourceInfo info() {
        return info;
    }

    /** Its frames, in the film's order; at least one. */
    public List<LostFrame> losses() {
        return losses;
    }
}

package org.chromaprep.pipeline;

import org.chromaprep.video.CaptureOptions;

/**
 * How cameras and streams are watched.
 *
 * @param capture how they are opened
 */
public record LiveSettings(CaptureOptions capture) {
    /** The usual ways. */
    public static final LiveSettings DEFAULT = new LiveSettings(CaptureOptions.DEFAULT);
}

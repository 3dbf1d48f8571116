package org.chromaprep.pipeline.settings;

import org.chromaprep.annotate.Layout;

/**
 * How the annotated video looks and is encoded.
 *
 * @param layout what a picture of it shows
 * @param captioned whether a caption is below it
 * @param codec a codec or encoder of the bundled FFmpeg
 * @param container the file's ending, as FFmpeg names its formats
 */
public record Annotation(Layout layout, boolean captioned, String codec, String container) {
    /** With a caption. */
    public Annotation(Layout layout, String codec, String container) {
        this(layout, true, codec, container);
    }

    /** Whether pictures have exactly the film's size and pixels, so that they can be laid over it. */
    public boolean isExact() {
        return layout == Layout.OVERLAY && !captioned;
    }
}

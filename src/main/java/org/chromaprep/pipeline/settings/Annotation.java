package org.chromaprep.pipeline.settings;

import org.chromaprep.annotate.Layout;

/**
 * How the annotated video looks and is encoded.
 *
 * @param layout what a picture of it shows
 * @param codec a codec or encoder of the bundled FFmpeg
 * @param container the file's ending, as FFmpeg names its formats
 */
public record Annotation(Layout layout, String codec, String container) {}

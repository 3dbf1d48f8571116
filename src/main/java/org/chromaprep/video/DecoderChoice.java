package org.chromaprep.video;

/** What decodes a film's pictures. */
public enum DecoderChoice {
    /** FFmpeg's own decoders, on the processor. */
    SOFTWARE,
    /** The decoding unit of an NVIDIA card (NVDEC), for films that it decodes; others as {@link #SOFTWARE}, with a note. */
    NVDEC
}

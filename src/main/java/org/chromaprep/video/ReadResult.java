package org.chromaprep.video;

/** What reading the next frame gave. */
public sealed interface ReadResult permits FrameRead, LostFrame, EndOfStream {}

package org.chromaprep.video;

import java.util.OptionalLong;

/**
 * Which frame of a film, and when it is shown.
 *
 * @param index counts the decoded frames in display order, from 0; lost frames have no number
 * @param pts the presentation time stamp in the source's time base; empty where the film has none
 * @param seconds since the start of the video stream; where a time stamp is missing, one frame duration after the frame
 *         before
 */
public record FrameTime(long index, OptionalLong pts, double seconds) {}

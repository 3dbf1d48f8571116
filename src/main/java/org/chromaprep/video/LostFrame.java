package org.chromaprep.video;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A frame that could not be decoded. Reading goes on after it.
 *
 * @param seconds since the start of the video stream, as far as known
 * @param pts its time stamp in the source's time base, as far as known
 * @param reason why, without a full stop
 */
public record LostFrame(OptionalDouble seconds, OptionalLong pts, String reason) implements ReadResult {}

package org.chromaprep.video.source;

import java.util.OptionalLong;

/**
 * A packet as the decoder got it; times in the stream's ticks.
 *
 * @param number counts pictures: two fields of one that come apart have the same
 * @param duration 0 where unknown
 * @param shown whether it is part of the film, and not only needed to decode others
 */
record SentPacket(long number, OptionalLong pts, OptionalLong dts, long duration, boolean shown) {}

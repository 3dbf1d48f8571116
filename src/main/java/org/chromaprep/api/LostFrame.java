package org.chromaprep.api;

import java.util.OptionalDouble;

/**
 * A frame, or several, that the film claims and that could not be decoded.
 *
 * @param seconds its film time, as far as known
 * @param reason why, without a full stop
 */
public record LostFrame(OptionalDouble seconds, String reason) {}

/**
 * Carries what is known of one frame's pixels to other frames of its shot, by dense optical flow.
 *
 * <p>A <em>flow map</em> tells for each pixel of one frame where the same thing lies in another. Maps to a reference far away
 * are found step by step over <em>anchors</em>, frames between, and then fitted to the reference directly, so that errors do
 * not add up. How far a map is to be trusted follows from going there and back, which must end where it began, and from the
 * grey values at both ends.
 *
 * <p>The only room that knows OpenCV, whose dense inverse search finds the flow (Kroeger et al., "Fast Optical Flow using Dense
 * Inverse Search", 2016). Works on one thread, so that the same frames give the same maps.
 */
package org.chromaprep.flow;

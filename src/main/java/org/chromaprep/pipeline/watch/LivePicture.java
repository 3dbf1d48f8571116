package org.chromaprep.pipeline.watch;

/**
 * An annotated picture of a run under way.
 *
 * @param frame the frame's number
 * @param seconds its time
 * @param width columns
 * @param height rows
 * @param rgb 0xRRGGBB numbers row by row; never written again
 */
public record LivePicture(long frame, double seconds, int width, int height, int[] rgb) {}

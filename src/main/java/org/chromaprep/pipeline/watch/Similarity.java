package org.chromaprep.pipeline.watch;

/**
 * How much each grid pixel's hypercolumn is like that of one pixel: the cosine of the angle between them.
 *
 * @param frame the frame's number
 * @param seconds its time
 * @param x the chosen pixel's column on the grid
 * @param y the chosen pixel's row on the grid
 * @param width columns of the grid
 * @param height rows of the grid
 * @param cosines row by row, -1 to 1
 */
public record Similarity(long frame, double seconds, int x, int y, int width, int height, float[] cosines) {}

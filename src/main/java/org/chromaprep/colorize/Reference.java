package org.chromaprep.colorize;

/**
 * A coloured picture and the film's frame that it is of.
 *
 * @param picture the picture
 * @param frame the frame's number
 * @param luma the film's own grey values of that frame, 0 to 255, row by row
 * @param correlation of the picture's grey values with these
 */
record Reference(ReferencePicture picture, long frame, byte[] luma, double correlation) {}

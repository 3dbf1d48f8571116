package org.chromaprep.pipeline.sample;

/**
 * A frame's colours on the grid, valid until the next frame.
 *
 * @param lightness L* of each pixel, 0 to 100
 * @param ab a*, b* of each pixel, one after the other
 * @param rgb red, green and blue of each pixel as the film has them, 0 to 255; empty where no member asks for them
 */
public record GridColours(float[] lightness, float[] ab, byte[] rgb) {}

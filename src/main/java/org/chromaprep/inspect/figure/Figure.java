package org.chromaprep.inspect.figure;

import java.awt.image.BufferedImage;

/**
 * One figure.
 *
 * @param file its file's name
 * @param caption what it shows, in a sentence or two
 * @param image the picture; nobody draws on it any more
 */
public record Figure(String file, String caption, BufferedImage image) {}

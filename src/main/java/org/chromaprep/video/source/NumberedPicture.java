package org.chromaprep.video.source;

import java.nio.file.Path;

/**
 * A picture of a film that is made of pictures.
 *
 * @param number its place in the film; each is greater than the one before
 */
public record NumberedPicture(Path file, long number) {}

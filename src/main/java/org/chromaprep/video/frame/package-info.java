/**
 * Makes of a decoded frame what everything else may take for granted, so that luma, panels and colours are read from the same
 * numbers: cut as the container says, with a mark where the container says that it is interlaced, in a format that can be read
 * everywhere, and as light is shown rather than as it was measured.
 */
package org.chromaprep.video.frame;

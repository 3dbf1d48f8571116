package org.chromaprep.pipeline;

import org.chromaprep.pipeline.colour.FrameColours;
import org.chromaprep.video.PlanePicture;

/**
 * What a slot of a run that colours films has beside the others.
 *
 * @param colours on the grid
 * @param planes the coloured picture
 */
record ColouredFrame(FrameColours colours, PlanePicture planes) {}

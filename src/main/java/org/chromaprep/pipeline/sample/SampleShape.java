package org.chromaprep.pipeline.sample;

import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Grid;

/**
 * The sizes that members of a run's samples depend on.
 *
 * @param grid the pixel grid
 * @param plan the hypercolumns' layers
 * @param clusters k; 0 for none
 * @param samples pixels sampled a frame at most
 * @param features numbers of a written hypercolumn: components of a projection, or the layers' channels
 */
public record SampleShape(Grid grid, NetworkPlan plan, int clusters, int samples, int features) {}

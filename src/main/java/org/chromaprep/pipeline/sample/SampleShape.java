package org.chromaprep.pipeline.sample;

import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.output.shard.AbBins;

/**
 * The sizes that members of a run's samples depend on.
 *
 * @param grid the pixel grid
 * @param plan the hypercolumns' layers
 * @param clusters k; 0 for none
 * @param samples pixels sampled a frame at most
 * @param film the size of grey pictures in the film's own shape
 * @param features numbers of a written hypercolumn: components of a projection, or the layers' channels; 0 without a network
 * @param classes that sampled colours are encoded by
 */
public record SampleShape(
        Grid grid, NetworkPlan plan, int clusters, int samples, Grid film, int features, AbBins.Classes classes) {}

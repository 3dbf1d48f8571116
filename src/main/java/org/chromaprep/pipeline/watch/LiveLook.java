package org.chromaprep.pipeline.watch;

import java.util.List;

/**
 * What may be changed of a run while it runs.
 *
 * @param clusters k, 1 to 64
 * @param layers names of the layers that are clustered and averaged, at least one of those that are computed
 * @param strength of the clusters' colours over the grey, 0 to 100
 */
public record LiveLook(int clusters, List<String> layers, int strength) {
    public LiveLook {
        layers = List.copyOf(layers);
    }
}

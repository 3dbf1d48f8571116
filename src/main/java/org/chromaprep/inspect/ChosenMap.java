package org.chromaprep.inspect;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A single feature map that was asked for.
 *
 * @param layer its layer's name
 * @param kerasIndex its layer's place in the article's model
 * @param channel its number, from 0
 * @param map at native resolution
 * @param enlarged bilinearly to the grid
 */
public record ChosenMap(
        String layer,
        int kerasIndex,
        int channel,
        Plane map,
        @JsonIgnore Plane enlarged) {}

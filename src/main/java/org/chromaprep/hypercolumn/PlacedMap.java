package org.chromaprep.hypercolumn;

/**
 * A layer's map in a hypercolumn.
 *
 * @param place the layer's place, from 0
 * @param firstFeature the place of its first feature, from 0
 */
record PlacedMap(FeatureMap map, int place, int firstFeature) {}

package org.chromaprep.video;

/** How a film's numbers are taken as light. */
public enum LightChoice {
    /** As the film says. */
    AUTO,
    /** As they are, whatever the film says. */
    CODED,
    /** As scene-linear light. */
    LINEAR,
    /** As the density of a printing negative. */
    DENSITY
}

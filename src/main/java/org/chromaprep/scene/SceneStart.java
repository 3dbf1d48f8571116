package org.chromaprep.scene;

import java.util.Optional;

/**
 * How a scene begins.
 *
 * @param transition how the scene before turned into it, where that took several frames: those frames came before, and have the
 *     number of the scene before
 * @param picture the scene's first frame, {@value Thumbnail#HALF} by {@value Thumbnail#HALF} grey values row by row, in Base64
 * @param before the last frame with contrast before it, likewise; empty at the film's beginning
 */
public record SceneStart(Optional<Transition> transition, String picture, Optional<String> before) {}

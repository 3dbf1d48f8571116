package org.chromaprep.scene;

import java.util.Optional;

/**
 * How a scene begins.
 *
 * @param transition how the scene before turned into it, where that took several frames: those frames came before, and have the
 *     number of the scene before
 * @param before the last picture with contrast before it, as {@link ScenePicture#toBase64} gives it; empty at the film's beginning
 */
public record SceneStart(Optional<Transition> transition, Optional<String> before) {}

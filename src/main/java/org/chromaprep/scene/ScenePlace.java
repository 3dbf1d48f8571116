package org.chromaprep.scene;

import java.util.Optional;

/**
 * Where a frame is in its film.
 *
 * @param scene its scene's number, from 0
 * @param start what is known of the scene's beginning, at its first frame
 */
public record ScenePlace(int scene, Optional<SceneStart> start) {}

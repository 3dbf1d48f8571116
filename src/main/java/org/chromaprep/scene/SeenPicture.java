package org.chromaprep.scene;

/**
 * A frame with contrast and its picture.
 *
 * @param frame its number
 * @param picture what scenes are found by
 */
record SeenPicture(long frame, ScenePicture picture) {}

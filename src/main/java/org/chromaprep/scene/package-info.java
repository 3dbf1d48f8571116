/**
 * Where one shot ends and the next begins, found on small grey pictures, and pictures' perceptual hashes.
 *
 * <p>A <em>scene</em> is what lies between two cuts. {@link org.chromaprep.scene.SceneTracker} compares neighbouring frames'
 * {@link org.chromaprep.scene.ScenePicture}s; {@link org.chromaprep.scene.PerceptualHash} tells pictures that look alike by a
 * number of 64 bits. Plain numbers only: no film, no network, no files.
 */
package org.chromaprep.scene;

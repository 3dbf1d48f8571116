/**
 * k-means on hypercolumns and its temporal mode.
 *
 * <p>{@link org.chromaprep.cluster.KMeans} is Lloyd's algorithm on a
 * {@link org.chromaprep.hypercolumn.HypercolumnMatrix} that is never stored: assigning pixels is a product X V with the
 * differences of centroids, and new centroids are a product X'W with the clusters' indicator planes.
 * {@link org.chromaprep.cluster.FrameClusterer} runs it over a film's frames, and
 * {@link org.chromaprep.scene.SceneTracker} shows it where a new scene begins.
 *
 * <p>Plain numbers only: this package knows nothing of video, of networks or of files.
 */
package org.chromaprep.cluster;

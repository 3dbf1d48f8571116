/**
 * Reading film: files, folders of pictures, filter graphs, cameras, streams and pipes, each as a
 * {@link org.chromaprep.video.VideoSource} that accounts for every frame. {@link org.chromaprep.video.source.Sources} opens them.
 */
package org.chromaprep.video.source;

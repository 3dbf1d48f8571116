/**
 * What film is: sources and how they are addressed, pictures with their time stamps, and how a picture fills the grid. The
 * sub-packages do the work: {@code source} reads, {@code scale} makes luma and colours, {@code encode} writes, {@code survey}
 * measures, {@code camera} finds this machine's cameras, {@code ffmpeg} holds what the others need of FFmpeg. Only this room
 * touches FFmpeg.
 */
package org.chromaprep.video;

/**
 * Film in and film out: sources, frames with their time stamps, luma and colour, and the writer of annotated films. The
 * only room that touches FFmpeg.
 */
package org.chromaprep.video;

/**
 * This machine's cameras. The only room that touches FFmpeg's library of devices (libavdevice), which needs libraries of
 * sound and of the desktop that servers and containers lack; everything else works without it.
 */
package org.chromaprep.video.camera;

/** What of FFmpeg itself is shared by reading, scaling and writing: its errors, its log, its containers, its colour constants. */
package org.chromaprep.video.ffmpeg;

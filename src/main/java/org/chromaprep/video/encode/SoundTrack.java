package org.chromaprep.video.encode;

import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** A sound stream of the joined film, as it is written. The joiner closes it. One thread. */
interface SoundTrack extends AutoCloseable {
    /**
     * Takes the next packet, in film time of the source's time base, which it may consume.
     *
     * @return 0, or FFmpeg's error number
     */
    int write(AVPacket packet);

    /**
     * Writes what is left.
     *
     * @return 0, or FFmpeg's error number
     */
    int finish();

    @Override
    void close();
}

package org.chromaprep.video.encode;

import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** A stream of sound or subtitles of the joined film, as it is written. The joiner closes it. One thread. */
interface JoinedTrack extends AutoCloseable {
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

    /**
     * The most seconds by which a packet's time differs from where it would be if all were written one behind the other from 0;
     * 0 where nobody knows.
     */
    double astray();

    @Override
    void close();
}

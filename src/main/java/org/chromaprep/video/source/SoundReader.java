package org.chromaprep.video.source;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.AudioSource;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceOptions;

/** Reads a film's sound packets, as they are, in the file's order. Whoever opened it closes it. One thread. */
public final class SoundReader implements AutoCloseable {
    private final OpenInput media;
    private final AudioSource source;
    private final Map<Integer, AVCodecParameters> streams = new LinkedHashMap<>();

    /** @throws SourceException if the film cannot be opened */
    public SoundReader(AudioSource source) throws SourceException {
        this.source = source;
        this.media = OpenInput.open(source.path(), source.path().toString(), SourceOptions.DEFAULT);
        var container = media.container();
        for (var index = 0; index < container.nb_streams(); index++) {
            var stream = container.streams(index);
            var isSound = stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO;
            stream.discard(isSound ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
            if (isSound) {
                streams.put(index, stream.codecpar());
            }
        }
    }

    /** The sound streams by their number in the file. */
    public Map<Integer, AVCodecParameters> streams() {
        return streams;
    }

    public AVRational timeBase(int stream) {
        return media.container().streams(stream).time_base();
    }

    /**
     * Reads the next packet inside the wanted part. What is damaged beyond is left out, as in the film itself.
     *
     * @return whether there was one
     */
    public boolean read(AVPacket packet) {
        while (avformat.av_read_frame(media.container(), packet) >= 0) {
            if (streams.containsKey(packet.stream_index()) && packet.pts() != avutil.AV_NOPTS_VALUE) {
                var seconds = packet.pts() * avutil.av_q2d(timeBase(packet.stream_index()));
                if (seconds >= source.start() && seconds < source.end()) {
                    return true;
                }
            }
            avcodec.av_packet_unref(packet);
        }
        return false;
    }

    @Override
    public void close() {
        media.close();
    }
}

package org.chromaprep.video.encode;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContainersTest {
    private final AVCodecParameters sound = avcodec.avcodec_parameters_alloc();

    @AfterEach
    void free() {
        avcodec.avcodec_parameters_free(sound);
    }

    @Test
    void aviTellsTheTimesOfPacketsOfEqualLengthOnly() {
        var avi = Containers.find("avi");
        assertThat(Containers.tellsTimes(avi, sound)).as("E-AC-3, Vorbis").isFalse();
        sound.frame_size(1152);
        assertThat(Containers.tellsTimes(avi, sound)).as("MP3").isTrue();
        sound.frame_size(0).codec_id(avcodec.AV_CODEC_ID_AC3);
        assertThat(Containers.tellsTimes(avi, sound)).as("AC-3").isTrue();
        sound.codec_id(avcodec.AV_CODEC_ID_PCM_S16LE);
        assertThat(Containers.tellsTimes(avi, sound)).as("PCM").isTrue();
    }

    @Test
    void matroskaTakesWhatWavTakes() {
        var mkv = Containers.find("mkv");
        assertThat(Containers.takes(mkv, avcodec.AV_CODEC_ID_WMAV2)).isTrue();
        assertThat(Containers.takes(mkv, avcodec.AV_CODEC_ID_PCM_MULAW)).isTrue();
        assertThat(Containers.takes(Containers.find("mp4"), avcodec.AV_CODEC_ID_WMAV2))
                .isFalse();
    }

    @Test
    void containersWithTimesTellThoseOfAnyPackets() {
        assertThat(Containers.tellsTimes(Containers.find("mp4"), sound)).isTrue();
        assertThat(Containers.tellsTimes(Containers.find("mkv"), sound)).isTrue();
    }
}

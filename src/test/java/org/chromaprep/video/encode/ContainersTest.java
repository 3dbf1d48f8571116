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
        sound.frame_size(0).block_align(4);
        assertThat(Containers.tellsTimes(avi, sound)).as("PCM").isTrue();
    }

    @Test
    void containersWithTimesTellThoseOfAnyPackets() {
        assertThat(Containers.tellsTimes(Containers.find("mp4"), sound)).isTrue();
        assertThat(Containers.tellsTimes(Containers.find("mkv"), sound)).isTrue();
    }
}

package org.chromaprep.video.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avcodec;
import org.chromaprep.video.StoredPackets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AVI counts the blocks of sound by a rate in its header: each is heard when it is in the source. */
@Tag("slow")
class SoundInBlocksTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {avcodec.AV_CODEC_ID_ADPCM_MS, avcodec.AV_CODEC_ID_ADPCM_IMA_WAV})
    void everyPacketIsHeardWhenItIsInTheSource(int codec) throws Exception {
        var made = new FilmWithSound(folder);
        var film = made.write(codec, "und");
        var out = folder.resolve("joined.avi");
        assertThat(made.join(film, out, "avi").audioStreams()).isEqualTo(1);
        var expected = StoredPackets.of(film).get(1);
        var found = StoredPackets.of(out).get(1);
        assertThat(found).hasSameSizeAs(expected);
        var block = expected.get(1).seconds() - expected.get(0).seconds();
        for (var packet = 0; packet < found.size(); packet++) {
            assertThat(found.get(packet).seconds())
                    .isCloseTo(expected.get(packet).seconds(), within(block));
        }
    }
}

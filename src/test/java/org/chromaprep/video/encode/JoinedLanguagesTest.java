package org.chromaprep.video.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The language of sound outlasts the change of containers, each of which names languages its own way. */
@Tag("slow")
class JoinedLanguagesTest {
    @TempDir
    private Path folder;

    private static String language(Path film) throws Exception {
        try (var grabber = new FFmpegFrameGrabber(film.toFile())) {
            grabber.start();
            return String.valueOf(grabber.getAudioMetadata("language"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "deu, mov, ger",
        "ger, mov, ger",
        "fre, mov, fra",
        "swe, mov, sve",
        "zho, mov, chi",
        "eng, mov, eng",
        "deu, mp4, deu",
        "tlh, mp4, tlh",
        "deu, mkv, deu",
        "tlh, mkv, tlh"
    })
    void aLanguageIsKeptByTheNameThatTheContainerHasForIt(String language, String container, String kept)
            throws Exception {
        var made = new FilmWithSound(folder);
        var out = folder.resolve("joined." + container);
        var joined = made.join(made.write(avcodec.AV_CODEC_ID_PCM_S16LE, language), out, container);
        assertThat(language(out)).isEqualTo(kept);
        assertThat(joined.notes()).noneMatch(note -> note.contains("language"));
    }

    @Test
    void aLanguageThatTheContainerHasNoNumberForIsSaidToBeMissing() throws Exception {
        var made = new FilmWithSound(folder);
        var joined = made.join(made.write(avcodec.AV_CODEC_ID_PCM_S16LE, "tlh"), folder.resolve("joined.mov"), "mov");
        assertThat(joined.notes()).singleElement().asString().contains("mov", "languages", "`container` mkv");
    }
}

package org.chromaprep.video.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chromaprep.TestData;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.LostFrame;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What FFmpeg complains of is told, without anything that differs from run to run. */
class LossReasonTest {
    @TempDir
    private Path temporary;

    private static List<String> reasons(Path film) throws SourceException {
        var reasons = new ArrayList<String>();
        try (var source = Sources.open(new FilmFile(film), SourceOptions.DEFAULT);
                var picture = new Picture()) {
            for (var read = source.read(picture); !(read instanceof EndOfStream); read = source.read(picture)) {
                if (read instanceof LostFrame lost) {
                    reasons.add(lost.reason());
                }
            }
        }
        return reasons;
    }

    @Test
    void aLostFrameHasFfmpegsOwnReason() throws Exception {
        var film = TestData.path("video/broken/decord__corrupted.mp4");
        var reasons = reasons(film);
        assertThat(reasons)
                .hasSize(1)
                .allMatch(reason -> reason.contains("Invalid NAL unit size (-1 > 551)"))
                .noneMatch(reason -> reason.contains(" @ 0x"));
        assertThat(reasons(film)).isEqualTo(reasons);
    }

    @Test
    void aFilmThatCannotBeOpenedHasOneToo() throws Exception {
        var cut = temporary.resolve("cut.mp4");
        Files.write(cut, new byte[] {
            0, 0, 0, 16, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm', 0, 0, 0, 0, 0, 0, 0, 8, 'f', 'r', 'e', 'e'
        });
        assertThatThrownBy(() -> reasons(cut))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("moov atom not found");
    }

    @Test
    void complaintsOfOneFilmAreNotAnothers() throws Exception {
        var cut = temporary.resolve("cut.mp4");
        Files.write(cut, new byte[] {
            0, 0, 0, 16, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm', 0, 0, 0, 0, 0, 0, 0, 8, 'f', 'r', 'e', 'e'
        });
        assertThatThrownBy(() -> reasons(cut)).isInstanceOf(SourceException.class);
        var text = Files.writeString(temporary.resolve("text.mp4"), "This is no film.");
        assertThatThrownBy(() -> reasons(text))
                .isInstanceOf(SourceException.class)
                .hasMessageNotContaining("moov");
    }
}

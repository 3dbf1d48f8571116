package org.chromaprep.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.video.Fit;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.source.FilmFile;
import org.chromaprep.video.source.FilterGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class FramePickerTest {
    /** Twenty frames, each brighter than the one before by 10. */
    private static final SourceInput FILM =
            new FilterGraph("color=black:size=64x48:rate=10:duration=2,format=gray,geq=lum=10*N");

    private static final FramePicker PICKER = new FramePicker(new Grid(32, 40), Fit.STRETCH);

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @CsvSource({"0, 0", "0.05, 0", "0.1, 1", "0.5999, 6", "0.65, 6", "1.9, 19", "1.99, 19"})
    void theFrameAtATimeIsTheOneShownThen(double seconds, int expected) throws Exception {
        var frame = PICKER.pick(FILM, new FrameChoice.Time(seconds));

        assertThat(frame.time().index()).isEqualTo(expected);
        assertThat(frame.luma()).hasSize(32 * 40).containsOnly(10 * expected);
    }

    @ParameterizedTest
    @CsvSource({"0", "7", "19"})
    void aFrameOfANumberIsThatFrame(int index) throws Exception {
        var frame = PICKER.pick(FILM, new FrameChoice.Number(index));

        assertThat(frame.time().index()).isEqualTo(index);
        assertThat(frame.luma()).containsOnly(10 * index);
        assertThat(frame.shown()).containsOnly(10 * index * 0x010101);
        assertThat(frame.shownWidth()).isEqualTo(448);
        assertThat(frame.shownHeight()).isEqualTo(336);
    }

    @Test
    void framesAndTimesBeyondTheEndAreRefusedWithTheLastOnesName() {
        assertThatThrownBy(() -> PICKER.pick(FILM, new FrameChoice.Number(20)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("no frame 20")
                .hasMessageContaining("0 to 19");
        assertThatThrownBy(() -> PICKER.pick(FILM, new FrameChoice.Time(2.2)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("2.200")
                .hasMessageContaining("1.900");
    }

    @Test
    void aPictureOfOnePixelFillsTheInput() throws Exception {
        var file = temporary.resolve("one.png");
        var image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0xff0000);
        ImageIO.write(image, "png", file.toFile());

        var frame = PICKER.pick(new FilmFile(file), new FrameChoice.Number(0));

        assertThat(frame.width()).isEqualTo(1);
        // 0.299 of 255
        assertThat(frame.luma()).containsOnly(76);
        assertThat(frame.shown()).containsOnly(0xff0000);
    }

    @Test
    void aTextThatIsNamedAPictureIsRefused() throws IOException {
        var file = Files.writeString(temporary.resolve("text.png"), "this is not a picture\n");

        assertThatThrownBy(() -> PICKER.pick(new FilmFile(file), new FrameChoice.Number(0)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("text.png");
    }
}

package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class StillCommandTest {
    private static final String FILM = "lavfi:color=black:size=64x48:rate=10:duration=0.5,format=gray,geq=lum=40*N";

    @TempDir
    private Path temporary;

    private Program.Ended still(String... arguments) {
        return Program.run(Map.of(), List.of(arguments));
    }

    @Test
    void theFirstFrameAtOrAfterATimeIsWrittenInTheFilmsOwnSize() throws Exception {
        var file = temporary.resolve("folder/still.png");

        var ended = still("still", FILM, "--at", "0.25", "--out", file.toString());

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.out().strip()).isEqualTo(file.toString());
        var image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(64);
        assertThat(image.getHeight()).isEqualTo(48);
        assertThat(image.getRGB(5, 5) & 255).isEqualTo(120);
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aTimeAfterTheEndIsNamed() {
        var ended = still(
                "still", FILM, "--at", "7", "--out", temporary.resolve("a.png").toString());

        assertThat(ended.exit()).isEqualTo(ExitCode.INPUT.number());
        assertThat(ended.err()).contains("ends before 7; ask for an earlier --at.");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws Exception {
        var file = Files.createFile(temporary.resolve("file"));

        var ended = still("still", FILM, "--out", file.resolve("a.png").toString());

        assertThat(ended.exit()).isEqualTo(ExitCode.OUTPUT.number());
        assertThat(ended.err()).contains("The picture " + file.resolve("a.png") + " cannot be written (");
    }
}

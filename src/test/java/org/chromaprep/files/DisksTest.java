package org.chromaprep.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisksTest {
    @TempDir
    private Path temporary;

    private Path film;

    @BeforeEach
    void copy() throws IOException {
        film = temporary.resolve("mounts/nas/reels/film.mp4");
        Files.createDirectories(film.resolveSibling(""));
        Files.writeString(film, "film");
        Files.writeString(temporary.resolve("notes"), "of the system's disk");
    }

    @Test
    void aFileThatIsThereOrWasRemovedFromAmongOthersIsOfADiskThatIsThere() throws IOException {
        assertThat(Disks.away(film)).isEmpty();
        Files.move(film, film.resolveSibling("other.mp4"));
        assertThat(Disks.away(film)).isEmpty();
    }

    @Test
    void theDiskIsGoneWhereNothingIsLeftUpToWhereItWasMounted() throws IOException {
        Files.delete(film);
        Files.delete(film.resolveSibling(""));
        assertThat(Disks.away(film)).contains(temporary.resolve("mounts/nas"));
    }
}

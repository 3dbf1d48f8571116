package org.chromaprep.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class OpenFilesTest {
    @TempDir
    private Path temporary;

    @Test
    void aFileIsWrittenWhileAProgramHasItOpenForThatAndNotWhileItIsRead() throws IOException {
        var film = Files.writeString(temporary.resolve("film.mp4"), "film");
        assertThat(OpenFiles.isWritten(film)).isFalse();
        try (var reading = FileChannel.open(film, StandardOpenOption.READ)) {
            assertThat(reading.isOpen()).isTrue();
            assertThat(OpenFiles.isWritten(film)).isFalse();
        }
        var link = Files.createSymbolicLink(temporary.resolve("link.mp4"), film);
        try (var writing = FileChannel.open(film, StandardOpenOption.WRITE)) {
            assertThat(writing.isOpen()).isTrue();
            assertThat(OpenFiles.isWritten(film)).isTrue();
            assertThat(OpenFiles.isWritten(link)).isTrue();
        }
        assertThat(OpenFiles.isWritten(film)).isFalse();
    }

    @Test
    void whereNobodySaysNothingIsWritten() {
        assertThat(OpenFiles.isWritten(temporary.resolve("film.mp4"), temporary.resolve("none")))
                .isFalse();
    }
}

package org.chromaprep.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UncachedOutputTest {
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 4095, 4096, 4097, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3_000_001})
    void aFileHoldsWhatWasWrittenAndNoMore(int length) throws IOException {
        var file = folder.resolve("shard.tar");
        assertThat(Files.readAllBytes(written(file, length))).isEqualTo(bytes(length));
    }

    @Test
    void aLongerFileOfThatNameIsReplaced() throws IOException {
        var file = Files.write(folder.resolve("shard.tar"), bytes(2_000_000));
        assertThat(Files.readAllBytes(written(file, 1000))).isEqualTo(bytes(1000));
    }

    @Test
    void aFileSystemInMemoryIsWrittenToAlike() throws IOException {
        assumeThat(IN_MEMORY).isDirectory();
        var file = Files.createTempFile(IN_MEMORY, "shard", ".tar");
        try {
            assertThat(Files.readAllBytes(written(file, 70_001))).isEqualTo(bytes(70_001));
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void aFileInAFolderThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> UncachedOutput.create(folder.resolve("no/shard.tar")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void whatTheDiskRefusesIsReportedAtALaterWriteOrAtTheEnd() throws IOException {
        var file = Files.write(folder.resolve("shard.tar"), bytes(1000));
        var megabyte = bytes(1 << 20);
        var whole = new UncachedOutput(FileChannel.open(file, StandardOpenOption.READ), 4096);
        whole.write(megabyte, 0, megabyte.length);
        assertThatThrownBy(() -> whole.write(megabyte, 0, megabyte.length)).isInstanceOf(IOException.class);
        assertThatThrownBy(whole::close).isInstanceOf(IOException.class);

        var part = new UncachedOutput(FileChannel.open(file, StandardOpenOption.READ), 4096);
        part.write(megabyte, 0, 100);
        assertThatThrownBy(part::close).isInstanceOf(IOException.class);
        part.close();
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes(1000));
    }

    private static Path written(Path file, int length) throws IOException {
        var bytes = bytes(length);
        try (var out = UncachedOutput.create(file)) {
            var random = new Random(length);
            for (var from = 0; from < length; ) {
                var count = Math.min(length - from, 1 + random.nextInt(5000));
                out.write(bytes, from, count);
                from += count;
                if (from < length) {
                    out.write(bytes[from++]);
                }
            }
            out.flush();
        }
        return file;
    }

    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}

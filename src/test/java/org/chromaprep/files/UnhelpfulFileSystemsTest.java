package org.chromaprep.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** File systems that do not tell, or do not do, what is only advice or a precaution: files are written all the same. */
class UnhelpfulFileSystemsTest {
    private static final String CHROOT = "Mount point not found";

    @TempDir
    private Path folder;

    private static IOException chroot() {
        return new IOException(CHROOT);
    }

    @Test
    void aDiskThatDoesNotTellItsSpaceIsTakenToHaveEnough() {
        var out = folder.resolve("new/out");

        assertThatCode(() -> DiskSpace.check(
                        out,
                        "film",
                        Long.MAX_VALUE,
                        folderOf -> DiskSpace.left(folderOf, of -> {
                            throw chroot();
                        })))
                .doesNotThrowAnyException();
        assertThat(out).isDirectory();
    }

    @Test
    void aDiskThatTellsIsStillAsked() {
        assertThatThrownBy(() -> DiskSpace.check(folder, "a.mkv", Long.MAX_VALUE, DiskSpace::left))
                .isInstanceOf(OutputException.class)
                .hasMessageStartingWith("a.mkv may need ")
                .hasMessageContaining("MB left; make space");
    }

    @Test
    void filesWhoseBlocksAreUnknownAreWrittenByThePageCache() throws IOException {
        var bytes = new byte[3_000_001];
        new Random(1).nextBytes(bytes);
        var file = folder.resolve("shard.tar");
        try (var out = UncachedOutput.create(file, of -> {
            throw chroot();
        })) {
            assertThat(out).isNotInstanceOf(UncachedOutput.class);
            out.write(bytes);
        }
        assertThat(file).hasBinaryContent(bytes);
    }

    @Test
    void aFileSystemWithoutLocksIsWrittenToWithoutOne() throws Exception {
        try (var lock = FolderLock.take(folder, channel -> {
            throw new IOException("No locks available");
        })) {
            assertThat(lock).isNotNull();
            Files.writeString(folder.resolve("file"), "written");
        }
    }

    @Test
    void aLockThatIsHeldIsStillRespected() {
        assertThatThrownBy(() -> FolderLock.take(folder, channel -> null))
                .isInstanceOf(OutputException.class)
                .hasMessageStartingWith("Another run is writing to " + folder);
        assertThatThrownBy(() -> FolderLock.take(folder, channel -> {
                    throw new OverlappingFileLockException();
                }))
                .isInstanceOf(OutputException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Invalid argument", "Operation not supported", "Function not implemented", "Bad file descriptor"
            })
    void aFileSystemThatSyncsFilesOnlyIsNoFailure(String reason) {
        assertThatCode(() -> DurableFiles.syncFolder(folder, of -> {
                    throw new IOException(reason);
                }))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Input/output error", "No space left on device"})
    void aFolderThatCannotReachTheDiskIsAFailure(String reason) {
        assertThatThrownBy(() -> DurableFiles.syncFolder(folder, of -> {
                    throw new IOException(reason);
                }))
                .isInstanceOf(IOException.class)
                .hasMessage(reason);
    }
}

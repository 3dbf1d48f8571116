package org.chromaprep.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputPlaceTest {
    @TempDir
    private Path temporary;

    @Test
    void aFolderThatFillsAndIsThenEmptyOrNotThereHasLostItsDisk() throws Exception {
        var out = temporary.resolve("mount/out");
        var place = new OutputPlace(out);
        place.check();
        Files.createDirectories(out);
        place.check();
        Files.writeString(out.resolve("run.jsonl"), "a line");
        place.check();
        Files.move(out, temporary.resolve("unmounted"));
        assertGone(place, out);
        Files.createDirectory(out);
        assertGone(place, out);
        Files.delete(out);
        Files.move(temporary.resolve("unmounted"), out);
        assertThatCode(place::check).doesNotThrowAnyException();
    }

    private static void assertGone(OutputPlace place, Path out) {
        assertThatThrownBy(place::check)
                .isInstanceOfSatisfying(OutputException.class, failure -> assertThat(failure.isOfTheDisk())
                        .isTrue())
                .hasMessageContaining(out + " is empty, or not there: its disk is gone, and nothing was written")
                .hasMessageContaining("run the same command again");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transport endpoint is not connected",
                "Input/output error",
                "Stale file handle",
                "No such device",
                "Connection timed out"
            })
    void whatSystemsAnswerForADiskThatIsGoneIsOneSentence(String reason) {
        assertThat(Failures.writing(temporary, new FileSystemException("shard", null, reason)))
                .hasMessageStartingWith("The disk of " + temporary + " is gone or does not answer (")
                .hasMessageContaining("which continues from what is committed.")
                .matches(OutputException::isOfTheDisk);
    }

    @Test
    void aFolderThatVanishesFromAmongOthersIsNoDiskThatIsGone() throws IOException {
        Files.createDirectory(temporary.resolve("other"));
        var film = temporary.resolve("film");
        assertThat(Failures.writing(film, new NoSuchFileException(film.toString())))
                .hasMessageContaining("is no longer there");
    }
}

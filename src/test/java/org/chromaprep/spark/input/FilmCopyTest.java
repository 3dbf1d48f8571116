package org.chromaprep.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.spark.store.Content;
import org.chromaprep.spark.store.RemoteFolders;
import org.chromaprep.spark.store.StoreException;
import org.chromaprep.spark.store.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmCopyTest {
    @TempDir
    private Path temporary;

    private Stores stores;
    private Path original;
    private Path file;

    @BeforeEach
    void makeFilm() throws IOException {
        stores = new RemoteFolders(temporary);
        original = Files.createDirectories(temporary.resolve("archive")).resolve("film.mkv");
        Files.writeString(original, "pictures");
        Files.setLastModifiedTime(original, FileTime.fromMillis(1_000_000_000_123L));
        file = temporary.resolve("copy.mkv");
    }

    private static InputFilm film(String address) {
        return new InputFilm(address, "film.mkv", "film", Map.of(), 8, 1_000_000_000_123L);
    }

    @Test
    void aFilmInAStoreIsCopiedWithItsTimeAndItsHash() throws Exception {
        var content = FilmCopy.bring(stores, film("s3a://archive/film.mkv"), file);

        assertThat(content).contains(new Content(8, DigestUtils.sha256Hex("pictures")));
        assertThat(file).isRegularFile().hasContent("pictures");
        assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(1_000_000_000_123L);
    }

    @Test
    void aFilmThatAllMachinesSeeIsNotCopied() throws Exception {
        assertThat(FilmCopy.bring(stores, film(original.toString()), file)).isEmpty();
        assertThat(file).isSymbolicLink().hasContent("pictures");
    }

    @Test
    void aFilmThatHasVanishedIsNamed() throws Exception {
        Files.delete(original);

        assertThatThrownBy(() -> FilmCopy.bring(stores, film("s3a://archive/film.mkv"), file))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("s3a://archive/film.mkv is no longer there");
        assertThat(file).doesNotExist();
    }

    @Test
    void aFilmThatHasGrownIsNamed() throws Exception {
        Files.writeString(original, "more pictures");

        assertThatThrownBy(() -> FilmCopy.bring(stores, film(original.toString()), file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("8 bytes became 13");
    }

    @Test
    void aFilmThatWasWrittenAgainIsNamed() throws Exception {
        Files.setLastModifiedTime(original, FileTime.fromMillis(1_000_000_001_000L));

        assertThatThrownBy(() -> FilmCopy.bring(stores, film("s3a://archive/film.mkv"), file))
                .hasMessageContaining("it was written again");
    }

    @Test
    void anotherFilmThanTheOnePlannedIsNamedByBothHashes() throws Exception {
        var one = Optional.of(new Content(8, "aa"));
        var other = Optional.of(new Content(8, "bb"));

        FilmCopy.demandSame(film("s3a://archive/film.mkv"), one, one);
        FilmCopy.demandSame(film("s3a://archive/film.mkv"), Optional.empty(), one);
        assertThatThrownBy(() -> FilmCopy.demandSame(film("s3a://archive/film.mkv"), one, other))
                .hasMessageContaining("SHA-256 bb instead of aa");
    }
}

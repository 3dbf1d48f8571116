package org.chromaprep.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chromaprep.files.SealedJson.Seal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedJsonTest {
    private record Film(String name, List<Integer> frames) {}

    private static final Film FILM = new Film("映画 \"seal\"", List.of(1, 2, 3));

    @TempDir
    private Path temporary;

    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = temporary.resolve("film.json");
        SealedJson.write(file, FILM);
    }

    @Test
    void aDocumentIsReadAsItWasWritten() throws Exception {
        var read = SealedJson.read(file);
        assertThat(read.seal()).isEqualTo(Seal.SOUND);
        assertThat(read.as(Film.class)).isEqualTo(FILM);
        assertThat(Json.MAPPER.readTree(file.toFile()).fieldNames())
                .toIterable()
                .containsExactly("name", "frames", "seal");
    }

    @Test
    void aFlippedBitOfAnyByteBreaksTheSeal() throws Exception {
        var sound = Files.readAllBytes(file);
        for (var index = 0; index < sound.length; index++) {
            for (var bit : new int[] {1, 0x20}) {
                var damaged = sound.clone();
                damaged[index] ^= (byte) bit;
                Files.write(file, damaged);
                assertThat(SealedJson.read(file).seal())
                        .as("byte %d, bit %d", index, bit)
                        .isNotEqualTo(Seal.SOUND);
            }
        }
    }

    @Test
    void aCutOrLongerDocumentBreaksTheSeal() throws Exception {
        var text = Files.readString(file);
        for (var length = 0; length < text.length(); length++) {
            Files.writeString(file, text.substring(0, length));
            assertThat(SealedJson.read(file).seal()).isNotEqualTo(Seal.SOUND);
        }
        Files.writeString(file, text + "\n");
        assertThat(SealedJson.read(file).seal()).isEqualTo(Seal.BROKEN);
    }

    @Test
    void aDocumentOfAnOlderVersionHasNone() throws Exception {
        Files.writeString(file, "{\n  \"name\" : \"film\"\n}");
        assertThat(SealedJson.read(file).seal()).isEqualTo(Seal.NONE);
    }

    @Test
    void onlyRecordsAreSealed() {
        assertThatThrownBy(() -> SealedJson.bytes("text")).isInstanceOf(IllegalArgumentException.class);
    }
}

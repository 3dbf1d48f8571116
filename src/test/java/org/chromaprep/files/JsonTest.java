package org.chromaprep.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @TempDir
    private Path folder;

    /** A record of ours, with one of each kind of thing that could be null. */
    record Film(String name, Optional<Film> next, List<String> parts) {}

    @Test
    void aRecordComesBack() throws Exception {
        var film = new Film("a", Optional.of(new Film("b", Optional.empty(), List.of())), List.of("x", "y"));
        assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsBytes(film), Film.class))
                .isEqualTo(film);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                " null\n",
                "",
                "{}",
                "{\"name\":null,\"next\":null,\"parts\":[]}",
                "{\"name\":\"a\",\"next\":null,\"parts\":[null]}",
                "{\"name\":\"a\",\"next\":null,\"parts\":null}",
                "[]",
                "7"
            })
    void nothingThatIsReadIsNull(String text) throws Exception {
        var file = Files.writeString(folder.resolve("film.json"), text);
        assertThatThrownBy(() -> Json.read(file, Film.class)).isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> Json.MAPPER.readValue(text, Film.class)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void aLineThatIsNullIsDamaged() throws Exception {
        var file =
                Files.writeString(folder.resolve("films.jsonl"), "{\"name\":\"a\",\"next\":null,\"parts\":[]}\nnull\n");
        try (var lines = Json.MAPPER.readerFor(Film.class).<Film>readValues(file.toFile())) {
            assertThat(lines.nextValue().name()).isEqualTo("a");
            assertThatThrownBy(lines::nextValue).isInstanceOf(JsonProcessingException.class);
        }
    }

    @Test
    void aFolderInAFilesPlaceIsSaidToBeOne() {
        assertThatThrownBy(() -> Json.read(folder, Film.class))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no file");
    }
}

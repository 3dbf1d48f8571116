package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.chromaprep.TestData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Folders as people have them: rare endings, names in any script, and files beside the films that are none. */
@Tag("slow")
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class FolderCasesTest {
    @TempDir
    private Path temporary;

    private Program.Ended process(Path... inputs) {
        return Program.process(
                temporary.resolve("out"), Stream.of(inputs).map(Path::toString).toList());
    }

    private List<String> finished() throws IOException {
        try (var folders = Files.list(temporary.resolve("out"))) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve("manifest.json")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void filmsOfEveryEndingInAFolderAreDone() throws IOException {
        assertThat(process(TestData.path("cases/ignored_kinds")).exit()).isZero();
        assertThat(finished()).containsExactly("a", "b", "c", "d", "e", "g", "j");
    }

    @Test
    void aFilmAddedToAFolderIsDoneAndTheFinishedOneRecognised() throws IOException {
        var films = Files.createDirectory(temporary.resolve("films"));
        var cases = TestData.path("cases/names");
        var names = new ArrayList<String>();
        try (var files = Files.list(cases)) {
            files.sorted().forEach(file -> names.add(file.getFileName().toString()));
        }
        // The added one comes first in the folder's order.
        Files.copy(cases.resolve(names.get(1)), films.resolve(names.get(1)));
        assertThat(process(films).exit()).isZero();
        var before = Files.getLastModifiedTime(
                temporary.resolve("out").resolve(stem(names.get(1))).resolve("manifest.json"));
        Files.copy(cases.resolve(names.get(0)), films.resolve(names.get(0)));
        var again = process(films);
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(finished()).containsExactly(stem(names.get(0)), stem(names.get(1)));
        assertThat(Files.getLastModifiedTime(
                        temporary.resolve("out").resolve(stem(names.get(1))).resolve("manifest.json")))
                .isEqualTo(before);
    }

    private static String stem(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }

    @Test
    void theHiddenHalvesOfFilesFromAnotherSystemArePassedOverWithAWord() throws IOException {
        var ended = process(TestData.path("cases/appledouble"));
        assertThat(ended.exit()).isZero();
        assertThat(ended.err()).contains("left out: 1 (1 hidden)");
        assertThat(finished()).containsExactly("film");
    }

    @Test
    void postersAndThumbnailsBesideAFilmArePassedOverWithAWord() throws IOException {
        var ended = process(TestData.path("cases/posters"));
        assertThat(ended.exit()).isZero();
        assertThat(ended.err()).contains("left out: 2 (2 posters or thumbnails)");
        assertThat(finished()).containsExactly("film");
    }
}

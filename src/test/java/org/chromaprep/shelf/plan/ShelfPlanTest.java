package org.chromaprep.shelf.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.chromaprep.files.ContentHash;
import org.chromaprep.files.Stamp;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.output.film.Progress;
import org.chromaprep.output.film.RunDescription;
import org.chromaprep.output.film.SourceRecord;
import org.chromaprep.shelf.find.FoundFilm;
import org.chromaprep.video.source.FilmFile;
import org.chromaprep.video.source.FilterGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ShelfPlanTest {
    private static final Progress NOTHING = new Progress(Map.of(), 0, List.of());

    @TempDir
    private Path temporary;

    private Path shelf;
    private Path out;

    @BeforeEach
    void makeFolders() throws IOException {
        shelf = Files.createDirectory(temporary.resolve("shelf"));
        out = temporary.resolve("out");
    }

    private Path write(String path, String content) throws IOException {
        var file = shelf.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private FoundFilm found(String path) {
        return new FoundFilm(new FilmFile(shelf.resolve(path)), path, Optional.empty(), Map.of());
    }

    private FoundFilm called(String path, String name) {
        return new FoundFilm(new FilmFile(shelf.resolve(path)), path, Optional.of(name), Map.of());
    }

    private ShelfPlan.Planned plan(boolean rehash, FoundFilm... films) throws Exception {
        return ShelfPlan.of(List.of(films), out, rehash, () -> false);
    }

    private Map<String, String> names(FoundFilm... films) throws Exception {
        return names(plan(false, films));
    }

    private static Map<String, String> names(ShelfPlan.Planned planned) {
        var names = new TreeMap<String, String>();
        planned.films().forEach(film -> names.put(film.film().path(), film.name()));
        return names;
    }

    private void process(String path, String name, boolean whole) throws Exception {
        var file = shelf.resolve(path);
        var stamp = Stamp.of(List.of(file));
        var source = new SourceRecord(
                file.getFileName().toString(),
                Optional.of(path),
                Optional.of(stamp.bytes()),
                Optional.of(stamp.modified()),
                ContentHash.of(List.of(file), () -> false),
                "h264",
                64,
                48,
                "25/1",
                Map.of(),
                Map.of());
        try (var film = FilmFolder.open(
                Files.createDirectories(out),
                name,
                new RunDescription(Map.of(), source, Map.of(), Map.of(), false),
                false)) {
            if (whole) {
                film.finish(Optional.empty(), NOTHING);
            }
        }
    }

    @Test
    void foldersAreCalledLikeFilesInAnyScript() throws Exception {
        for (var path : List.of("Der Kaiser.mp4", "映画.mkv", "фильм.mov", "ταινία.avi", "فيلم.mp4")) {
            write(path, path);
        }
        assertThat(names(
                                found("Der Kaiser.mp4"),
                                found("映画.mkv"),
                                found("фильм.mov"),
                                found("ταινία.avi"),
                                found("فيلم.mp4"))
                        .values())
                .containsExactlyInAnyOrder("Der_Kaiser", "映画", "фильм", "ταινία", "فيلم");
    }

    @Test
    void filmsOfTheSameNameBearTheirHashInWhateverOrderTheyCome() throws Exception {
        write("a/film.mp4", "one");
        write("b/film.mp4", "other");
        write("c/FILM.mkv", "third");
        var films = new ArrayList<>(List.of(found("a/film.mp4"), found("b/film.mp4"), found("c/FILM.mkv")));
        var expected = names(films.toArray(FoundFilm[]::new));
        assertThat(expected.get("a/film.mp4"))
                .isEqualTo("film-"
                        + ContentHash.of(List.of(shelf.resolve("a/film.mp4")), () -> false)
                                .orElseThrow()
                                .substring(0, 8));
        assertThat(expected.values()).doesNotHaveDuplicates().allMatch(name -> name.matches("(?i)film-[0-9a-f]{8}"));
        var random = new Random(19);
        for (var i = 0; i < 5; i++) {
            Collections.shuffle(films, random);
            assertThat(names(films.toArray(FoundFilm[]::new))).isEqualTo(expected);
        }
    }

    @Test
    void aFilmKeepsItsFolderWhenOthersComeAndWhenItMoves() throws Exception {
        write("film.mp4", "one");
        process("film.mp4", "film", true);
        write("a/film.mp4", "another");
        assertThat(names(found("a/film.mp4"), found("film.mp4")).get("film.mp4"))
                .isEqualTo("film");
        assertThat(names(found("a/film.mp4"), found("film.mp4")).get("a/film.mp4"))
                .matches("film-[0-9a-f]{8}");
        Files.createDirectories(shelf.resolve("z"));
        Files.move(shelf.resolve("film.mp4"), shelf.resolve("z/renamed.mp4"));
        write("film.mp4", "a third that took the place");
        var names = names(found("film.mp4"), found("z/renamed.mp4"));
        assertThat(names.get("z/renamed.mp4")).isEqualTo("film");
        assertThat(names.get("film.mp4")).matches("film-[0-9a-f]{8}");
    }

    @Test
    void whatWasRemovedKeepsItsFolderFromOthers() throws Exception {
        write("film.mp4", "one");
        process("film.mp4", "film", true);
        write("film.mp4", "two");
        Files.setLastModifiedTime(shelf.resolve("film.mp4"), FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
        assertThat(names(found("film.mp4")).get("film.mp4")).matches("film-[0-9a-f]{8}");
    }

    @Test
    void sizeAndTimeStampAreBelievedOfTheSamePlaceUnlessAskedNotTo() throws Exception {
        write("film.mp4", "one");
        var time = Files.getLastModifiedTime(shelf.resolve("film.mp4"));
        process("film.mp4", "film", true);
        write("film.mp4", "two");
        Files.setLastModifiedTime(shelf.resolve("film.mp4"), time);
        assertThat(plan(false, found("film.mp4")).films()).singleElement().satisfies(film -> assertThat(film.known())
                .isTrue());
        assertThat(plan(true, found("film.mp4")).films()).singleElement().satisfies(film -> assertThat(film.known())
                .isFalse());
    }

    @Test
    void copiesAreProcessedOnceAndTheFirstThatWasKnownStays() throws Exception {
        write("z/film.mp4", "one");
        process("z/film.mp4", "film", true);
        write("a/copy.mp4", "one");
        var planned = plan(false, found("a/copy.mp4"), found("z/film.mp4"));
        assertThat(names(planned)).isEqualTo(Map.of("z/film.mp4", "film"));
        assertThat(planned.copies()).containsExactly(new ShelfPlan.Copy("a/copy.mp4", "z/film.mp4"));
        write("b/new.mp4", "new");
        write("c/new.mp4", "new");
        var fresh = plan(false, found("b/new.mp4"), found("c/new.mp4"));
        assertThat(names(fresh)).isEqualTo(Map.of("b/new.mp4", "new"));
        assertThat(fresh.copies()).containsExactly(new ShelfPlan.Copy("c/new.mp4", "b/new.mp4"));
    }

    @Test
    void aFilmThatReplacesOneWhoseRunFailedTakesItsFolder() throws Exception {
        write("film.mp4", "half of");
        process("film.mp4", "film", false);
        write("film.mp4", "half of a film that was being copied");
        assertThat(names(found("film.mp4"))).isEqualTo(Map.of("film.mp4", "film"));
    }

    @Test
    void namesThatAreAskedForAreGivenOrRefusedWithASentence() throws Exception {
        write("a.mp4", "a");
        write("b.mp4", "b");
        write("c.mp4", "c");
        process("c.mp4", "c", true);
        assertThat(names(called("a.mp4", "Erster"), found("b.mp4")))
                .containsEntry("a.mp4", "Erster")
                .containsEntry("b.mp4", "b");
        assertThat(plan(false, called("a.mp4", "x/y")).failures())
                .singleElement()
                .satisfies(each -> assertThat(each).hasMessage("x/y cannot be the name of an output folder; x_y can."));
        assertThat(plan(false, called("a.mp4", "same"), called("b.mp4", "SAME")).failures())
                .singleElement()
                .satisfies(each -> assertThat(each).hasMessageContaining("b.mp4 cannot be called SAME as a.mp4 is"));
        assertThat(plan(false, called("a.mp4", "c")).failures()).singleElement().satisfies(each -> assertThat(each)
                .hasMessageContaining("holds another film"));
        assertThat(plan(false, called("c.mp4", "d")).failures()).singleElement().satisfies(each -> assertThat(each)
                .hasMessageContaining("has its output in the folder c already"));
    }

    @Test
    void whatIsNoFileIsKnownByItsText() throws Exception {
        var graphs = Stream.of("testsrc=rate=5", "testsrc=rate:5", "testsrc=rate=5")
                .map(FilterGraph::new)
                .map(graph -> new FoundFilm(graph, graph.name(), Optional.empty(), Map.of()))
                .toArray(FoundFilm[]::new);
        var planned = plan(false, graphs);
        assertThat(planned.films())
                .hasSize(2)
                .extracting(PlannedFilm::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches(".*-[0-9a-f]{8}"));
        assertThat(planned.copies()).hasSize(1);
    }
}
